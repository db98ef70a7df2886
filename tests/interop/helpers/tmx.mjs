// npm `tmexchange`: node tmx.mjs FILE
// Prints the units as JSON, [id, source, target] each, from English to French.
import { readFileSync } from 'fs';
import { createRequire } from 'module';

const { tmx2js } = createRequire(process.env.INTEROP_MODULES + '/any.js')('tmexchange');
const text = value => value == null ? null : typeof value === 'string' ? value : JSON.stringify(value);

try {
  const { resources } = await tmx2js(readFileSync(process.argv[2], 'utf8'));
  const rows = Object.entries(resources).map(([id, unit]) => [id, text(unit.en), text(unit.fr)]);
  process.stdout.write(JSON.stringify(rows));
} catch (error) {
  process.stderr.write(String(error.message || error));
  process.exit(1);
}
