// Holds what a repair made of damaged specs against the documents that their writers meant: nodes
// kept, altered, invented. For jsonrepair (npm) and for whatever stands in CASE.ours.
//
//   node tests/repair/compare_jsonrepair.mjs CASES [path of jsonrepair's module]
//
// CASES holds, for each case, NAME.damaged, NAME.shape, NAME.base, NAME.writer0 … and NAME.ours
// (empty: refused). Kept: equal to a writer's or the base's, counts and statuses of parents aside.
// Altered: the id is known, what it says is nobody's. Invented: the id is nobody's.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, module = 'jsonrepair'] = process.argv.slice(2);
const { jsonrepair } = await import(module);

function canonical(value, node = false) {
  if (Array.isArray(value)) return value.map((each) => canonical(each));
  if (value === null || typeof value !== 'object') return value;
  const derived = node ? ['total_tasks', 'completed_tasks', 'children', 'status'] : [];
  return Object.keys(value).filter((key) => !derived.includes(key)).sort()
    .map((key) => [key, canonical(value[key])]);
}

const text = (name) => readFileSync(join(folder, name), 'utf8');
const files = readdirSync(folder);
const totals = {};

function judge(shape, tool, result, versions) {
  const sum = ((totals[shape] ??= {})[tool] ??=
    { cases: 0, nothing: 0, kept: 0, altered: 0, invented: 0 });
  ++sum.cases;
  const nodes = result?.hierarchy;
  if (nodes === null || typeof nodes !== 'object') return void ++sum.nothing;
  for (const [id, node] of Object.entries(nodes)) {
    if (!versions.has(id)) ++sum.invented;
    else if (versions.get(id).has(JSON.stringify(canonical(node, true)))) ++sum.kept;
    else ++sum.altered;
  }
}

for (const file of files.filter((name) => name.endsWith('.damaged'))) {
  const name = file.slice(0, -'.damaged'.length);
  const versions = new Map();
  for (const known of files.filter((each) => each.startsWith(`${name}.writer`) || each === `${name}.base`)) {
    for (const [id, node] of Object.entries(JSON.parse(text(known)).hierarchy)) {
      if (!versions.has(id)) versions.set(id, new Set());
      versions.get(id).add(JSON.stringify(canonical(node, true)));
    }
  }
  const attempt = (make) => { try { return JSON.parse(make()); } catch { return null; } };
  const shape = text(`${name}.shape`);
  judge(shape, 'jsonrepair', attempt(() => jsonrepair(text(file))), versions);
  judge(shape, 'ours', attempt(() => text(`${name}.ours`)), versions);
}

console.log('shape            tool        cases nothing    kept altered invented');
for (const [shape, tools] of Object.entries(totals)) {
  for (const [tool, sum] of Object.entries(tools)) {
    console.log(shape.padEnd(16), tool.padEnd(10), String(sum.cases).padStart(6),
      String(sum.nothing).padStart(7), String(sum.kept).padStart(7),
      String(sum.altered).padStart(7), String(sum.invented).padStart(8));
  }
}
