// Runs the ClickHouse server that stands inside the chdb package: node clickhouse-child.mjs FOLDER
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { DataType, load, open } = require('ffi-rs');
const { resolveLibchdb } = require('chdb/libchdb');

const folder = process.argv[2];

// The boot query never ends: while it runs, the server listens.
const boot = `
  SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP;
  SELECT sleepEachRow(1) FROM numbers(1000000000)
  SETTINGS max_block_size = 1, function_sleep_max_microseconds_per_block = 0, max_execution_time = 0 FORMAT Null`;
const args = [
  'clickhouse',
  `--config-file=${join(folder, 'config.xml')}`,
  `--path=${join(folder, 'data')}`,
  `--query=${boot}`,
];

// The channel closes when the parent ends, however it ends: nothing outlives it.
process.on('disconnect', () => {
  rmSync(folder, { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
});

open({ library: 'chdb', path: resolveLibchdb().path });
const result = await load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [args.length, args],
  runInNewThread: true,
});
const reason = load({
  library: 'chdb',
  funcName: 'chdb_result_error',
  retType: DataType.String,
  paramsType: [DataType.External],
  paramsValue: [result],
});
process.stderr.write(`${reason}\n`);
process.exit(1);
