// npm `xliff`: node xliff.cjs xliff12|xliff2 FILE [OUT BEFORE AFTER]
// Prints the units as JSON, [id, source, target] each; with OUT, writes the file with BEFORE source AFTER at every target.
const fs = require('fs');
const path = require('path');
const { xliff12ToJs, jsToXliff12, xliff2js, js2xliff } = require(path.join(process.env.INTEROP_MODULES, 'xliff'));

const [kind, file, out, before, after] = process.argv.slice(2);
const [parse, write] = kind === 'xliff12' ? [xliff12ToJs, jsToXliff12] : [xliff2js, js2xliff];

// Text with inline marks comes as a list of strings and objects of one mark each.
const plain = value => {
  if (value == null) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plain).join('');
  return Object.values(value).map(mark => plain(mark && mark.contents) || '').join('');
};

const units = function* (resources) {
  for (const [id, unit] of Object.entries(resources)) {
    if (unit.groupUnits) yield* units(unit.groupUnits);
    else yield [id, unit];
  }
};

(async () => {
  const parsed = await parse(fs.readFileSync(file, 'utf8'));
  const rows = [];
  for (const resources of Object.values(parsed.resources)) {
    for (const [id, unit] of units(resources)) {
      rows.push([id, plain(unit.source), plain(unit.target)]);
      unit.target = typeof unit.source === 'string' ? before + unit.source + after : [before].concat(unit.source, after);
    }
  }
  if (out) fs.writeFileSync(out, await write(parsed));
  else process.stdout.write(JSON.stringify(rows));
})().catch(error => {
  process.stderr.write(String(error.message || error));
  process.exit(1);
});
