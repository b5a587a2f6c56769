// The client of the Lambda Runtime API for functions in JavaScript, which the stage starts `node` with.
//
// Finds the handler as Lambda does (`folder/file.export`, CommonJS and ES modules), hands it events with a context, and
// reports answers and errors in Lambda's form. Requests of SDKs that ignore AWS_ENDPOINT_URL are led to the stage.
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');
const module_ = require('module');
const path = require('path');
const url = require('url');
const util = require('util');

const env = process.env;
const TASK_ROOT = env.LAMBDA_TASK_ROOT;
const [HOST, PORT] = env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const request = http.request;
const exit = process.exit.bind(process);

/** One exchange with the Runtime API. */
function call(method, route, body, headers = {}) {
  return new Promise((resolve, reject) => {
    if (body !== undefined) {
      headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...headers };
    }
    const options = { host: HOST, port: PORT, path: `/2018-06-01/runtime/${route}`, method, headers, agent };
    const exchange = request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    exchange.on('error', reject);
    exchange.end(body);
  });
}

/** An error of the runtime itself, whose name is its type. */
function fault(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** What Lambda tells of an error. */
function described(error) {
  if (util.types.isNativeError(error) || error instanceof Error) {
    const trace = typeof error.stack === 'string' ? error.stack.split('\n') : [];
    return { errorType: error.name, errorMessage: error.message, trace };
  }
  if (typeof error?.toString === 'function') {
    return { errorType: typeof error, errorMessage: error.toString(), trace: [] };
  }
  const errorMessage =
    'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack';
  return { errorType: 'handled', errorMessage, trace: [] };
}

/** What a handler returned, as JSON. */
function written(result) {
  try {
    return JSON.stringify(result === undefined ? null : result);
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

async function report(route, error) {
  const body = described(error);
  console.error(route === 'init/error' ? 'Init Error' : 'Invoke Error', JSON.stringify(body));
  await call('POST', route, JSON.stringify(body), { 'Lambda-Runtime-Function-Error-Type': String(body.errorType) });
}

// --- What functions write, with the time, the request and the level: before it, or as members of an object.

let requestId;
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const writesJson = env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
const least = writesJson ? LEVELS.indexOf((env.AWS_LAMBDA_LOG_LEVEL ?? '').toUpperCase()) : -1;

function ofError(error) {
  const stackTrace = typeof error.stack === 'string' ? error.stack.split('\n') : [];
  return { errorType: error.constructor?.name ?? 'UnknownError', errorMessage: error.message, stackTrace };
}

function textLine(level, parts) {
  return `${new Date().toISOString()}\t${requestId ?? 'undefined'}\t${level}\t${util.format(...parts)}`;
}

function jsonLine(level, parts) {
  const line = { timestamp: new Date().toISOString(), level, requestId };
  if (parts.length === 1) {
    try {
      return JSON.stringify({ ...line, message: parts[0] }, (_, value) => (value instanceof Error ? { ...ofError(value), ...value } : value));
    } catch {
      // Not to be written as JSON: a circle, or a big integer.
    }
  }
  return JSON.stringify({ ...line, message: util.format(...parts), ...parts.filter((part) => part instanceof Error).map(ofError)[0] });
}

for (const [name, level] of Object.entries({ debug: 'DEBUG', error: 'ERROR', info: 'INFO', log: 'INFO', trace: 'TRACE', warn: 'WARN' })) {
  const stream = process.stdout;
  console[name] = (...parts) => {
    if (LEVELS.indexOf(level) >= least) {
      stream.write(`${writesJson ? jsonLine(level, parts) : textLine(level, parts)}\n`);
    }
  };
}

// --- Requests to AWS.

const told = new Set();

/** The stage's address for a request to AWS; nothing for any other. */
function redirected(host) {
  const name = String(host ?? '').split(':')[0].toLowerCase();
  if (!/(^|\.)amazonaws\.com(\.cn)?$/.test(name) || name.includes('.execute-api.') || !env.AWS_ENDPOINT_URL) {
    return undefined;
  }
  const service = name.split('.')[0];
  if (!told.has(name)) {
    told.add(name);
    process.stderr.write(`requests to ${name} are sent to the stage: this SDK does not read AWS_ENDPOINT_URL\n`);
  }
  const own = env[`AWS_ENDPOINT_URL_${service.toUpperCase().replace(/-/g, '_')}`];
  return new url.URL(own ?? env.AWS_ENDPOINT_URL);
}

const secure = https.request;
https.request = function (...parts) {
  const of = (one) => (typeof one === 'string' ? new url.URL(one) : one);
  const place = of(parts[0]) ?? {};
  const options = place instanceof url.URL && typeof parts[1] === 'object' ? parts[1] : undefined;
  const stage = redirected((options ?? place).hostname ?? (options ?? place).host ?? place.hostname);
  if (!stage) {
    return secure.apply(https, parts);
  }
  const { agent: _, ...asked } = place instanceof url.URL ? { ...url.urlToHttpOptions(place), ...options } : place;
  const headers = { ...asked.headers };
  for (const name of Object.keys(headers)) {
    if (name.toLowerCase() === 'host') {
      delete headers[name];
    }
  }
  headers.host = stage.host;
  const led = { ...asked, protocol: 'http:', host: stage.hostname, hostname: stage.hostname, port: stage.port, headers };
  delete led.servername;
  return request(led, parts.find((part) => typeof part === 'function'));
};
https.get = function (...parts) {
  const exchange = https.request(...parts);
  exchange.end();
  return exchange;
};
module_.syncBuiltinESMExports();

// --- The handler.

/** The text of a folder, the file without its ending, and the names that lead to the export. */
function parsed(handler) {
  const base = path.basename(handler);
  const match = /^([^.]*)\.(.+)$/.exec(base);
  if (!match || handler.includes('..')) {
    throw fault('Runtime.MalformedHandlerName', `Bad handler '${handler}': it must be FILE.EXPORT`);
  }
  return { folder: handler.slice(0, handler.length - base.length), file: match[1], names: match[2].split('.') };
}

function isEsModule(file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (fs.existsSync(manifest)) {
      return JSON.parse(fs.readFileSync(manifest, 'utf8')).type === 'module';
    }
    if (folder === path.dirname(folder)) {
      return false;
    }
  }
}

async function loaded({ folder, file }) {
  const base = path.resolve(TASK_ROOT, folder, file);
  const found = ['', '.js', '.mjs', '.cjs'].map((ending) => base + ending).find((one) => fs.existsSync(one) && fs.statSync(one).isFile());
  try {
    if (!found) {
      return require(require.resolve(folder ? `./${folder}${file}` : file, { paths: [TASK_ROOT] }));
    }
    if (found.endsWith('.mjs') || (found.endsWith('.js') && isEsModule(found))) {
      return await import(url.pathToFileURL(found).href);
    }
    return require(found);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw fault('Runtime.UserCodeSyntaxError', error.stack);
    }
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
      const sdk = /'(@aws-sdk\/[^']+|@smithy\/[^']+|aws-sdk)[/']/.exec(error.message);
      const remedy = sdk ? ` (Lambda brings the SDK along and the stage does not: npm install ${sdk[1]} beside the function)` : '';
      throw fault('Runtime.ImportModuleError', `${error.message.split('\n')[0]}${remedy}`);
    }
    throw error;
  }
}

async function handlerOf(name) {
  const place = parsed(name);
  const module = await loaded(place);
  const find = (from) => place.names.reduce((value, part) => value?.[part], from);
  const handler = find(module) ?? find(module?.default);
  if (handler === undefined) {
    throw fault('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw fault('Runtime.HandlerNotFound', `${name} is not a function`);
  }
  const [, version] = /nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV ?? '') ?? [];
  if (Number(version) >= 24 && handler.length >= 3) {
    throw fault('Runtime.CallbackHandlerDeprecated', `${name} takes a callback, which nodejs24.x and later do not give: make it an async function`);
  }
  return handler;
}

// --- Invocations.

let whenIdle = () => {};
process.on('beforeExit', () => whenIdle());

/** What comes of an event: by a promise, or by a callback once nothing is under way any more. */
function outcome(handler, event, context) {
  return new Promise((resolve, reject) => {
    const settle = (error, result) => {
      const end = () => (error === undefined || error === null ? resolve(result) : reject(error));
      if (context.callbackWaitsForEmptyEventLoop) {
        whenIdle = end;
        // Whatever was under way may be over already.
        setImmediate(() => {});
      } else {
        setImmediate(end);
      }
    };
    context.succeed = (result) => settle(null, result);
    context.fail = (error) => settle(error ?? 'handled');
    context.done = settle;
    // A handler that ends without an answer, and leaves nothing that could bring one, has answered nothing.
    whenIdle = () => resolve(null);
    const result = handler(event, context, settle);
    if (typeof result?.then === 'function') {
      result.then(resolve, reject);
    }
  });
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const json = (name) => (headers[name] ? JSON.parse(headers[name]) : undefined);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: json('lambda-runtime-client-context'),
    identity: json('lambda-runtime-cognito-identity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function serve(handler) {
  for (;;) {
    whenIdle = () => {};
    const next = await call('GET', 'invocation/next');
    if (next.status !== 200) {
      exit(0);
    }
    const context = contextOf(next.headers);
    requestId = context.awsRequestId;
    env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'] ?? '';
    try {
      const result = await outcome(handler, JSON.parse(next.body), context);
      const text = written(result);
      await call('POST', `invocation/${requestId}/response`, text === undefined ? 'null' : text);
    } catch (error) {
      await report(`invocation/${requestId}/error`, error);
    }
  }
}

async function end(error, status = 129) {
  try {
    await report(requestId ? `invocation/${requestId}/error` : 'init/error', error);
  } finally {
    exit(requestId ? status : 1);
  }
}

process.on('uncaughtException', (error) => end(error));
process.on('unhandledRejection', (reason) => {
  const error = fault('Runtime.UnhandledPromiseRejection', String(reason));
  error.stack = reason?.stack ?? error.stack;
  end(error, 128);
});

globalThis.awslambda = {
  streamifyResponse: () => {
    throw fault('Runtime.StreamingUnsupported', 'the stage takes no streamed responses; answer with the whole response');
  },
};

handlerOf(env._HANDLER).then(serve).catch(end);
