"""CSV that nobody's name can turn into a formula."""

import csv
import io

import pytest

from sigctl.render import csv_text


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+441443", "-1+1", "@SUM(A1)", "\tx"])
def test_a_text_never_becomes_a_formula(name: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(["name"], [[name]]))))
    assert rows[1] == [f"'{name}"]


def test_other_text_and_numbers_stay_as_they_are() -> None:
    text = csv_text(["name", "days"], [['Ysgol "Y Ddraig", Tŷ Coch', -2]])
    assert list(csv.reader(io.StringIO(text)))[1] == ['Ysgol "Y Ddraig", Tŷ Coch', "-2"]
    assert text.endswith("\r\n")
