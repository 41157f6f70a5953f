"""Cuts from halves: no whole point that keeps the rows is ever cut off, and the broken point is."""

from itertools import product
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from sigctl.rota.search.halves import half_cuts
from sigctl.rota.search.linear import Linear


@st.composite
def models(draw: st.DrawFn) -> Linear:
    model = Linear()
    for _ in range(5):
        model.column(draw(st.integers(-5, 5)))
    for _ in range(draw(st.integers(2, 6))):
        columns = sorted(draw(st.sets(st.integers(0, 4), min_size=2, max_size=4)))
        weights = [draw(st.integers(-2, 2)) or 1 for _ in columns]
        end = draw(st.integers(-1, 3))
        low, high = draw(st.sampled_from([(-inf, end), (end, inf), (end, end)]))
        model.row(low, high, columns, weights)
    return model


def keeps(model: Linear, point: tuple[int, ...]) -> bool:
    return all(row.low <= row.value(point) <= row.high for row in model.rows)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(models())
def test_no_whole_point_is_cut_off(model: Linear) -> None:
    answer = model.relaxed()
    if answer.x is None:
        return
    points = [point for point in product((0, 1), repeat=5) if keeps(model, point)]
    for cut in half_cuts(model, answer.x):
        assert cut.value(answer.x) > cut.high
        assert all(cut.value(point) <= cut.high for point in points)


def test_an_odd_circle_is_cut() -> None:
    model = Linear()
    a, b, c = (model.column(-1) for _ in range(3))
    for pair in ((a, b), (b, c), (a, c)):
        model.row(-inf, 1, pair)
    answer = model.relaxed()
    assert answer.value == -1.5
    model.rows += half_cuts(model, answer.x or ())
    assert model.relaxed().value == -1
