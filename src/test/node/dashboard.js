// Complains of what is wrong with a dashboard, whose file is the argument, by the types that Grafana publishes.
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

const dashboard = fs.readFileSync(process.argv[2], 'utf8').trimEnd();
const text = `export const dashboard: Partial<import('@grafana/schema').Dashboard> = ${dashboard};`;
const settings = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
};

const file = path.join(__dirname, 'dashboard.ts');
const host = ts.createCompilerHost(settings);
const { fileExists, getSourceFile } = host;
host.fileExists = (name) => name === file || fileExists(name);
host.getSourceFile = (name, version) =>
  name === file ? ts.createSourceFile(name, text, version) : getSourceFile(name, version);

const complaints = ts.getPreEmitDiagnostics(ts.createProgram([file], settings, host));
process.stdout.write(ts.formatDiagnostics(complaints, host));
process.exit(complaints.length > 0 ? 1 : 0);
