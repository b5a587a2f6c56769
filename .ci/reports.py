"""Judges the machine formats of reports by the schemas of their readers.

    pip install check-jsonschema xmlschema
    python3 .ci/reports.py SARIF_SCHEMA JUNIT_XSD [FOLDER OF CONTRACTS ...]

SARIF_SCHEMA is `sarif-2.1/schema/sarif-schema-2.1.0.json` of oasis-tcs/sarif-spec, JUNIT_XSD is `junit-10.xsd` of
jenkinsci/xunit-plugin. Without folders, it uses the shop's contracts, ones that are wrong, and changes of the shop's.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import xmlschema

ROOT = pathlib.Path(__file__).resolve().parent.parent
CODEGEN = ROOT / "target/debug/codegen"


def runs(folders, scratch):
    """The commands whose reports are judged."""
    for folder in folders:
        yield ["lint", "--spec", str(folder), "--preset", "strict"]
    if folders:
        return
    spec = scratch / "spec"
    shutil.copytree(ROOT / "spec", spec)
    yield ["lint", "--spec", str(spec), "--preset", "strict"]
    listed = ["lint", "--spec", str(spec), "--preset", "strict", "--baseline", str(scratch / "known.txt")]
    subprocess.run([CODEGEN, *listed, "--write-baseline"], capture_output=True)
    contract = spec / "product/openapi.yaml"
    text = contract.read_text()
    contract.write_text(text.replace("required: [id, name, price, category]", "required: [id, name, price]"))
    yield listed
    yield ["diff", str(ROOT / "spec"), "--spec", str(spec)]
    contract.write_text(text.replace("operationId: listProducts\n", "operationid: listProducts\n", 1))
    yield ["lint", "--spec", str(spec)]


def main():
    sarif = jsonschema.Draft7Validator(json.loads(pathlib.Path(sys.argv[1]).read_text()))
    junit = xmlschema.XMLSchema(sys.argv[2])
    faults = n = 0
    with tempfile.TemporaryDirectory() as scratch:
        for run in runs([pathlib.Path(folder) for folder in sys.argv[3:]], pathlib.Path(scratch)):
            def report(name):
                return subprocess.run([CODEGEN, *run, "--format", name], capture_output=True, text=True).stdout
            document = json.loads(report("sarif"))
            found = [f"{error.json_path}: {error.message[:200]}" for error in sarif.iter_errors(document)]
            results = [result for one in document["runs"] for result in one["results"]]
            found += [f"junit: {error.reason}" for error in junit.iter_errors(report("junit"))]
            n += len(results)
            faults += len(found)
            print(f"codegen {' '.join(run)}: {len(results)} results, {len(found)} faults")
            for one in found[:10]:
                print("  ", one)
    print(f"{n} results, {faults} faults")
    return 1 if faults or not n else 0


if __name__ == "__main__":
    sys.exit(main())
