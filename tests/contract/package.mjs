// Reads data packages as a stranger would: unpacks them, and has another library check their descriptions against the
// specification, and every row and key against the descriptions.
//   node package.mjs FOLDER FILE.zip...
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const JSZip = require("jszip");
const { Package } = require("datapackage");

const [folder, ...files] = process.argv.slice(2);
for (const file of files) {
  const at = join(folder, basename(file, ".zip"));
  const zip = await JSZip.loadAsync(readFileSync(file));
  for (const entry of Object.values(zip.files)) {
    mkdirSync(dirname(join(at, entry.name)), { recursive: true });
    writeFileSync(join(at, entry.name), await entry.async("nodebuffer"));
  }
  const data = await Package.load(join(at, "datapackage.json"), { basePath: at });
  if (!data.valid) {
    throw new Error(`${file}: ${data.errors.map((e) => e.message).join("; ")}`);
  }
  for (const resource of data.resources) {
    const rows = await resource.read({ relations: resource.schema.foreignKeys.length > 0 });
    if (rows.length === 0 && resource.name !== "history") {
      throw new Error(`${file}: ${resource.name} has no rows`);
    }
    console.log(`${basename(file)}: ${resource.name}, ${rows.length} rows`);
  }
}
