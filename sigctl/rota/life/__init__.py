"""The life of a rota as a file: drafted, edited, judged, compared, published, and what of it holds when it is planned again."""
