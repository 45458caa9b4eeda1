"""Reads an export with a program that others read such files with, and prints what that found as JSON.

Usage: read.py KIND PATH... The packages are those of scripts/readers; `cli/tests/it/export` says what has to be found.
"""

import json
import pathlib
import subprocess
import sys

TOOLS = pathlib.Path(sys.prefix).parent


def junit(path):
    """The schema of Jenkins' xunit plugin, and what stands in the document."""
    from lxml import etree

    document = etree.parse(path)
    etree.XMLSchema(etree.parse(TOOLS / "junit-10.xsd")).assertValid(document)
    return [
        {
            "name": case.get("name"),
            "suite": case.getparent().get("name"),
            "is": [child.tag for child in case if child.tag != "system-out"],
            "out": (case.findtext("system-out") or "").splitlines(),
        }
        for case in document.iter("testcase")
    ]


def openmetrics(path):
    """The parser of the Prometheus project."""
    from prometheus_client.openmetrics.parser import text_string_to_metric_families

    families = text_string_to_metric_families(pathlib.Path(path).read_text())
    return [
        {"name": f.name, "unit": f.unit, "type": f.type, "labels": s.labels, "value": s.value} for f in families for s in f.samples
    ]


def ktap(path):
    """A parser of TAP, of which KTAP is a dialect: subtests are indented, and only the first line differs."""
    from tap.parser import Parser

    text = pathlib.Path(path).read_text()
    first, rest = text.split("\n", 1)
    assert first == "KTAP version 1", first
    outer = "\n".join(line for line in rest.split("\n") if not line.startswith("  "))
    found = []
    for line in Parser().parse_text(outer):
        if line.category == "test":
            found.append({"ok": line.ok, "name": line.description, "number": line.number, "skip": line.skip})
        assert line.category != "unknown" or not str(line).strip(), str(line)
    return {"tests": found, "subtests": [subtest(block, Parser) for block in blocks(rest)]}


def blocks(text):
    block = []
    for line in text.split("\n"):
        if line.startswith("  "):
            block.append(line[2:])
        elif block:
            yield block
            block = []


def subtest(lines, parser):
    assert lines[0] == "KTAP version 1" and lines[1].startswith("# Subtest: "), lines[:2]
    tests = [line for line in parser().parse_text("\n".join(lines[1:])) if line.category == "test"]
    plan = next(line for line in lines if line.startswith("1.."))
    assert plan == f"1..{len(tests)}", plan
    return [[test.ok, test.description] for test in tests]


def csv(path):
    import pandas

    frame = pandas.read_csv(path)
    assert frame["value"].dtype == "float64", frame.dtypes
    rows = frame[["name", "labels", "value", "unit", "polarity", "payload"]]
    return [{**row, "labels": json.loads(row["labels"])} for row in rows.where(rows.notna(), None).to_dict("records")]


def parquet(folder):
    """The same table by DuckDB and by Polars, each from the whole folder."""
    import duckdb
    import polars

    query = f"select run, date::varchar as date, name, labels, value, unit, span_start from read_parquet('{folder}/**/*.parquet', hive_partitioning = true) order by all"
    by_duckdb = duckdb.sql(query).fetchall()
    frame = polars.scan_parquet(f"{folder}/**/*.parquet", hive_partitioning=True).collect()
    frame = frame.with_columns(polars.col("date").cast(polars.String), polars.col("run").cast(polars.String))
    by_polars = frame.select("run", "date", "name", "labels", "value", "unit", "span_start").rows()
    return {"duckdb": sorted(by_duckdb, key=repr), "polars": sorted(by_polars, key=repr)}


def otlp(path):
    """The message that OpenTelemetry's collectors get; unknown keys are errors."""
    from google.protobuf import json_format
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

    request = json_format.Parse(pathlib.Path(path).read_text(), ExportMetricsServiceRequest())
    text = lambda attributes: {a.key: a.value.string_value for a in attributes}
    return [
        {
            "test": text(resource.resource.attributes).get("service.name"),
            "name": metric.name,
            "unit": metric.unit,
            "value": point.as_double,
            "time": point.time_unix_nano > 0,
            "attributes": text(point.attributes),
        }
        for resource in request.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
        for point in metric.gauge.data_points
    ]


def google_benchmark(path, other):
    """What compare.py says of two files."""
    compare = TOOLS / "benchmark/usr/share/benchmark/compare.py"
    done = subprocess.run(
        [sys.executable, compare, "--no-color", "--no-utest", "benchmarks", path, other], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def schema(schema, *records):
    """JSON Schema, draft 2020-12; the schema itself is checked too."""
    import jsonschema

    schema = json.loads(pathlib.Path(schema).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    return [[error.json_path + ": " + error.message for error in validator.iter_errors(json.loads(pathlib.Path(r).read_text()))] for r in records]


KINDS = {f.__name__.replace("_", "-"): f for f in (junit, openmetrics, ktap, csv, parquet, otlp, google_benchmark, schema)}

if __name__ == "__main__":
    json.dump(KINDS[sys.argv[1]](*sys.argv[2:]), sys.stdout)
