"""When a published rota cannot stay as it is: what is asked, what a change costs, and the ways out that change the least."""
