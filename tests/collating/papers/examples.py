"""The examples of README that go on with the tidy table, run as they stand there, against the tool's own sums.

``python -m tests.collating.papers.examples`` runs those of Spark and of the pivot table, where ``pyspark`` (which needs
Java) and ``pandas`` are installed: half a gigabyte, so the tests do without. That of DuckDB is one of the tests.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportgen.collating.area import Area
from reportgen.collating.papers.tidy import table

from .. import areas

NAME = "table.csv"
"""The file, as the examples call it."""
_README = Path(__file__).parents[3] / "README.md"


def example(of: str) -> str:
    """The example of one program, as it stands in README."""
    found = re.search(rf"```\w+\n(?:--|#) {of}\n(.*?)```", _README.read_text(encoding="utf-8"), re.DOTALL)
    assert found, f"README has no example of {of}"
    return found[1]


def sums(area: Area) -> dict[str, Decimal]:
    """What the examples are to find: the tool's sums, by label."""
    return {area.form.cells[cell].label: Decimal(total.figure) for cell, total in area.totals.items()}


def write(folder: Path) -> Area:
    """An area of which one body is not counted, and its table."""
    area = areas.troubled()
    (folder / NAME).write_bytes(b"".join(table(area)))
    return area


def in_spark() -> Mapping[str, Decimal]:
    """What the example finds in the table of the folder one is in, and that Spark has all columns by their names."""
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        shown: list[Any] = []
        frame = type(spark.range(1))
        frame.show = lambda self, *_, **__: shown.extend(self.collect())
        exec(example("Spark"), {"spark": spark})
        assert spark.table("reports").columns[0] == "body"
        return {row.label: row.total for row in shown}
    finally:
        spark.stop()


def in_a_pivot_table() -> Mapping[str, Decimal]:
    """The pivot table that README describes, of the table of the folder one is in: labels by levels, added up."""
    import pandas

    rows = pandas.read_csv(NAME, dtype=str, keep_default_na=False)
    rows["value"] = rows["value"].map(Decimal)
    pivot = rows[rows["counted"] == "true"].pivot_table(
        "value", "label", "level", "sum", fill_value=Decimal(0)
    )
    return {str(label): Decimal(sum(values)) for label, values in zip(pivot.index, pivot.values, strict=True)}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        expected = sums(write(Path(name)))
        for run in (in_spark, in_a_pivot_table):
            found = run()
            assert found == expected, run.__name__
            print(f"  {run.__name__}: {len(found)} sums, all as the tool's")
        os.chdir("/")


if __name__ == "__main__":
    main()
