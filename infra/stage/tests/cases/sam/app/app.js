// Answers with what it is given; what comes by other ways than an API is written into a table.
const http = require('http');

exports.handler = async (event) => ({
  statusCode: 200,
  body: JSON.stringify({
    colour: process.env.COLOUR,
    version: event.version ?? '1.0',
    resource: event.resource ?? event.routeKey,
    parameters: event.pathParameters,
  }),
});

exports.doorman = async (event) => ({
  principalId: 'p',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: event.authorizationToken === 'yes' ? 'Allow' : 'Deny', Action: '*', Resource: '*' }],
  },
});

function put(name, text) {
  const item = { TableName: process.env.TABLE, Item: { name: { S: name }, text: { S: text } } };
  const url = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? process.env.AWS_ENDPOINT_URL);
  const scope = `Credential=${process.env.AWS_ACCESS_KEY_ID}/20261123/us-east-1/dynamodb/aws4_request`;
  const headers = {
    Authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
    'Content-Type': 'application/x-amz-json-1.0',
    'X-Amz-Date': '20261123T000000Z',
    'X-Amz-Target': 'DynamoDB_20120810.PutItem',
  };
  return new Promise((resolve, reject) => {
    const options = { host: url.hostname, port: url.port, path: '/', method: 'POST', headers };
    const request = http.request(options, (response) => {
      response.resume();
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))));
    });
    request.on('error', reject);
    request.end(JSON.stringify(item));
  });
}

exports.work = async (event) => {
  if (event.Records?.[0]?.body !== undefined) {
    await put('queue', event.Records[0].body);
    return { batchItemFailures: [] };
  }
  if (event.Records?.[0]?.Sns) {
    await put('topic', event.Records[0].Sns.Message);
    return null;
  }
  if (event.Records?.[0]?.dynamodb) {
    await put(`stream ${event.Records[0].eventName}`, JSON.stringify(event.Records[0].dynamodb));
    return null;
  }
  if (event.detail?.fail) {
    throw new Error('as told');
  }
  await put(event.source ?? event.by ?? 'unknown', JSON.stringify(event.detail ?? event));
  return null;
};
