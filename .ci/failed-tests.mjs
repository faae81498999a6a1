// Prints each failed test of Vitest's JSON reports: `node .ci/failed-tests.mjs REPORT...`, with the file, the name and
// the first lines of why. A report that cannot be read is told too: its tests count as not run.
import { readFileSync } from "node:fs";

const LINES_OF_WHY = 12;

const indented = (text) => text.split("\n").slice(0, LINES_OF_WHY).map((line) => `    ${line}`).join("\n");

function failuresOf(report) {
  return report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === "failed");
    const told = failed.map((test) => `FAILED test: ${file.name}: ${test.fullName}\n${indented(test.failureMessages.join("\n"))}`);
    return file.status === "failed" && failed.length === 0
      ? [`FAILED file: ${file.name}\n${indented(file.message ?? "")}`]
      : told;
  });
}

for (const path of process.argv.slice(2)) {
  try {
    for (const line of failuresOf(JSON.parse(readFileSync(path, "utf8")))) console.log(line);
  } catch (error) {
    console.log(`FAILED report: ${path}: ${error.message}`);
  }
}
