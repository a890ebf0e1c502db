"""Compares our verdicts with those of Python's jsonschema: mutated specs, random schemas.

usage: verdicts.py PROGRAM SOURCE

PROGRAM is what verdicts_main.cc makes, SOURCE the project's folder. The built-in schema, and one in
the shared corpus where that is there ($SDD_SHARED, else beside the project), are held against mutated
specs. Needs Debian's python3-jsonschema; ends with 77 where it is not installed. Always the same
cases.
"""
import copy
import datetime
import json
import os
import random
import re
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed: verdicts are not compared")
    sys.exit(77)

SPECS = 2000
SCHEMAS = 1500
INSTANCES = 8
RANDOM = random.Random(20260211)

TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-](\d\d):(\d\d))", re.A)


def is_date(text):
    if not isinstance(text, str):
        return True
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.A)) and bool(
            datetime.date.fromisoformat(text))
    except ValueError:
        return False


def is_date_time(text):
    if not isinstance(text, str):
        return True
    match = TIME.fullmatch(text)
    return bool(match) and is_date(match[1]) and int(match[2]) < 24 and int(match[3]) < 60 and int(
        match[4]) < 60 and int(match[7] or 0) < 24 and int(match[8] or 0) < 60


FORMATS = jsonschema.FormatChecker(formats=())
FORMATS.checkers = {"date": (is_date, ()), "date-time": (is_date_time, ())}

# --- specs ---------------------------------------------------------------------------------------

WORDS = ["pending", "in_progress", "completed", "blocked", "done", "task", "phase", "spec", "verify",
         "group", "", "x", "2026-02-11", "2026-02-11T17:51:29.533418Z", "2026-02-11T17:51:29+00:00",
         "2026-02-30T00:00:00Z", "2026-02-11 17:51:29", "task-1-1", "phase-1", "ünï", "a\u0000b"]
KEYS = ["title", "status", "type", "parent", "children", "total_tasks", "completed_tasks", "metadata",
        "dependencies", "completed_at", "estimated_hours", "task_category", "blocks", "generated",
        "last_updated", "spec_id", "hierarchy", "journal", "timestamp", "entry_type", "author", "extra",
        "progress_percentage", "revisions", "verification_type", "needs_journaling"]


def node(kind, parent, children=()):
    return {"type": kind, "title": kind, "status": "pending", "parent": parent,
            "children": list(children), "total_tasks": 1, "completed_tasks": 0, "metadata": {}}


def spec():
    made = {
        "spec_id": "invoice-export-2026-03-02-001", "generated": "2026-03-02T09:30:00Z",
        "last_updated": "2026-03-02T09:30:00.000001Z", "status": "active", "progress_percentage": 0,
        "metadata": {"owner": "me", "complexity": "low", "revisions": [
            {"version": "1.0", "date": "2026-03-02", "author": "me", "changes": "first"}]},
        "hierarchy": {
            "spec-root": node("spec", None, ["phase-1"]),
            "phase-1": node("phase", "spec-root", ["task-1-1"]),
            "task-1-1": node("task", "phase-1"),
        },
        "journal": [{"timestamp": "2026-03-02T09:30:00Z", "entry_type": "note", "title": "t",
                     "author": "me", "content": "c", "metadata": {}, "task_id": "task-1-1"}],
    }
    made["hierarchy"]["task-1-1"]["dependencies"] = {"blocks": [], "blocked_by": [], "depends": []}
    made["hierarchy"]["task-1-1"]["metadata"] = {"estimated_hours": 1.5, "task_category": "implementation"}
    return made


def scalar():
    return RANDOM.choice([None, True, False, 0, 1, -1, 2, 3, 1.0, 2.5, -0.0, 1e20, 2**53 + 1, 100, 101,
                          RANDOM.choice(WORDS), RANDOM.choice(WORDS), RANDOM.choice(WORDS)])


def places(value, found):
    """Every container inside `value`, by the way."""
    if isinstance(value, (dict, list)):
        found.append(value)
        for child in value.values() if isinstance(value, dict) else value:
            places(child, found)
    return found


def mutate(value):
    for _ in range(RANDOM.choice([0, 1, 1, 1, 2, 3])):
        target = RANDOM.choice(places(value, []))
        if isinstance(target, dict):
            key = RANDOM.choice(list(target) or KEYS)
            what = RANDOM.randrange(4)
            if what == 0:
                target.pop(key, None)
            elif what == 1:
                target[RANDOM.choice(KEYS)] = scalar()
            elif what == 2:
                target[key] = RANDOM.choice([scalar(), [], {}, [scalar()], {"a": scalar()}])
            else:
                target[RANDOM.choice(WORDS)] = target.pop(key, None)
        elif target and RANDOM.random() < 0.5:
            target[RANDOM.randrange(len(target))] = scalar()
        else:
            target.append(scalar())
    return value


# --- random schemas ------------------------------------------------------------------------------

NAMES = ["a", "b", "c", "ab", "x-1", "x-2", "é"]
PATTERNS = ["^a", "b$", "^x-\\d+$", "^[a-c]+$", "é", ".", "^$", "[^a]", "^(a|b)*c?$", "\\w\\W"]
TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"]
NUMBERS = [0, 1, -1, 2, 3, 5, 10, 1.0, 0.5, 2.5, -2.5, 2**53, 2**53 + 1, 1e3]


def value(depth=0):
    kind = RANDOM.randrange(8 if depth < 3 else 6)
    if kind == 0:
        return RANDOM.choice([None, True, False])
    if kind in (1, 2):
        return RANDOM.choice(NUMBERS)
    if kind in (3, 4, 5):
        return RANDOM.choice(NAMES + ["", "abc", "2026-02-11", "a a", "ba"])
    if kind == 6:
        return [value(depth + 1) for _ in range(RANDOM.randrange(4))]
    return {RANDOM.choice(NAMES): value(depth + 1) for _ in range(RANDOM.randrange(4))}


def schemas(depth):
    return [schema(depth + 1) for _ in range(RANDOM.randrange(1, 3))]


def named(names, depth):
    return {RANDOM.choice(names): schema(depth + 1) for _ in range(RANDOM.randrange(1, 4))}


def dependencies(depth):
    return {RANDOM.choice(NAMES): RANDOM.choice([[RANDOM.choice(NAMES)], schema(depth + 1)])
            for _ in range(2)}


def few():
    return RANDOM.choice([0, 1, 2, 3, 2.0])


LEAVES = {
    "type": lambda d: RANDOM.choice([RANDOM.choice(TYPES), RANDOM.sample(TYPES, 2)]),
    "enum": lambda d: [value(1) for _ in range(RANDOM.randrange(1, 5))],
    "const": lambda d: value(1),
    "minimum": lambda d: RANDOM.choice(NUMBERS),
    "maximum": lambda d: RANDOM.choice(NUMBERS),
    "exclusiveMinimum": lambda d: RANDOM.choice(NUMBERS),
    "exclusiveMaximum": lambda d: RANDOM.choice(NUMBERS),
    "multipleOf": lambda d: RANDOM.choice([1, 2, 3, 0.5]),  # what doubles divide exactly
    "minLength": lambda d: few(),
    "maxLength": lambda d: few(),
    "pattern": lambda d: RANDOM.choice(PATTERNS),
    "format": lambda d: RANDOM.choice(["date", "date-time", "uri", "unheard-of"]),
    "minItems": lambda d: few(),
    "maxItems": lambda d: few(),
    "uniqueItems": lambda d: RANDOM.choice([True, True, False]),
    "minProperties": lambda d: few(),
    "maxProperties": lambda d: few(),
    "required": lambda d: RANDOM.sample(NAMES, RANDOM.randrange(3)),
    "title": lambda d: "nothing",
    "default": lambda d: {"$ref": "#/nowhere"},
}
BRANCHES = {
    "properties": lambda d: named(NAMES, d),
    "patternProperties": lambda d: named(PATTERNS, d),
    "additionalProperties": lambda d: schema(d + 1),
    "propertyNames": lambda d: schema(d + 1),
    "dependencies": dependencies,
    "items": lambda d: RANDOM.choice([schema(d + 1), schemas(d)]),
    "additionalItems": lambda d: schema(d + 1),
    "contains": lambda d: schema(d + 1),
    "allOf": schemas,
    "anyOf": schemas,
    "oneOf": schemas,
    "not": lambda d: schema(d + 1),
    "if": lambda d: schema(d + 1),
    "then": lambda d: schema(d + 1),
    "else": lambda d: schema(d + 1),
    "$ref": lambda d: "#/definitions/" + RANDOM.choice("pqr"),
}


def schema(depth):
    if RANDOM.random() < 0.08:
        return RANDOM.choice([True, False])
    made = {}
    for _ in range(RANDOM.randrange(1, 4)):
        table = BRANCHES if depth < 3 and RANDOM.random() < 0.55 else LEAVES
        keyword = RANDOM.choice(list(table))
        if keyword != "$ref" or depth > 0:
            made[keyword] = table[keyword](depth)
    return made


def root():
    made = schema(0)
    if isinstance(made, bool):
        return made
    # Definitions refer forward only: what refers to itself without end is refused, and tested elsewhere.
    made["definitions"] = {name: schema(3) for name in "pqr"}
    return made


# --- comparison ----------------------------------------------------------------------------------

def python_verdicts(checked, instances):
    validator = jsonschema.Draft7Validator(checked, format_checker=FORMATS)
    return "".join("1" if validator.is_valid(instance) else "0" for instance in instances)


def cases(schema_files):
    for path in schema_files:
        if not os.path.exists(path):
            print(f"{os.path.basename(path)} is not there: not compared with it")
            continue
        with open(path, encoding="utf-8") as file:
            read = json.load(file)
        for _ in range(SPECS):
            yield read, [mutate(copy.deepcopy(SPEC))]
    for _ in range(SCHEMAS):
        yield root(), [value() for _ in range(INSTANCES)]


SPEC = spec()


def main():
    program, source = sys.argv[1:]
    shared = os.environ.get("SDD_SHARED") or os.path.join(source, "..", "shared")
    made = list(cases([
        os.path.join(source, "schemas/spec.schema.json"),
        os.path.join(shared, "corpus/airis/meta/sdd/schema/sdd-spec-schema.json"),
    ]))
    lines = [json.dumps({"schema": one, "instances": instances}) for one, instances in made]
    ours = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True, text=True,
                          check=True).stdout.splitlines()
    agreed, differ, valid = 0, 0, 0
    for (one, instances), line, verdicts in zip(made, lines, ours):
        theirs = python_verdicts(one, instances)
        agreed += sum(a == b for a, b in zip(theirs, verdicts))
        valid += theirs.count("1")
        if theirs != verdicts:
            differ += 1
            if differ <= 5:
                print(f"theirs {theirs}, ours {verdicts}: {line if len(line) < 3000 else instances}")
    total = sum(len(instances) for _, instances in made)
    print(f"{agreed} of {total} verdicts agree; {valid} say valid")
    failed = int(len(ours) != len(made) or agreed != total or not total // 10 < valid < total * 9 // 10)
    print(f"{1 - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main())
