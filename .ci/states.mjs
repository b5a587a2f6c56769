// A state machine of the load test: valid by the Amazon States Language, and its expressions come to what workers take.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import validate from 'asl-validator';
import jsonata from 'jsonata';

const machine = JSON.parse(readFileSync(process.argv[2]));
const { isValid, errors } = validate(machine, { checkArn: true });
assert(isValid, JSON.stringify(errors, null, 2));

const evaluate = (text, input) => jsonata(text.replace(/^\{%|%\}$/g, '')).evaluate({}, { states: { input } });
const command = (state) => state.Arguments.Overrides.ContainerOverrides[0].Command;
const { Schedule, Load, Judge } = machine.States;
const startAt = await evaluate(Schedule.Output.startAt, {});
assert(Date.parse(startAt) > Date.now(), startAt);
const items = await evaluate(Load.Items, { startAt });
assert.deepEqual(items.map((item) => item.index), [0, 1, 2, 3]);
const worker = await evaluate(command(Load.ItemProcessor.States.Worker), items[3]);
assert.deepEqual(worker.slice(0, 2), ['--stage', 'shop-dev']);
for (const own of ['--worker=3/4', `--start-at=${startAt}`, '--json=s3://results/run/3.json']) assert(worker.includes(own), own);
assert.equal((await evaluate(command(Judge), {}))[1], 's3://results/run/{0..3}.json');
