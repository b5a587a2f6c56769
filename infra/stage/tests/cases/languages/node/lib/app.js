// A handler below an object, with whatever the event asks for.
const https = require('https');

function ask(host) {
  return new Promise((resolve, reject) => {
    const scope = 'Credential=key/20261123/us-east-1/dynamodb/aws4_request';
    const headers = {
      Authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
      'Content-Type': 'application/x-amz-json-1.0',
      Host: host,
      'X-Amz-Date': '20261123T000000Z',
      'X-Amz-Target': 'DynamoDB_20120810.ListTables',
    };
    const request = https.request({ host, path: '/', method: 'POST', headers, agent: new https.Agent() }, (response) => {
      let text = '';
      response.on('data', (part) => (text += part));
      response.on('end', () => resolve(JSON.parse(text)));
    });
    request.on('error', reject);
    request.end('{}');
  });
}

exports.main = {
  act(event, context, callback) {
    switch (event.act) {
      case 'callback':
        setTimeout(() => callback(null, { by: 'callback' }), 5);
        return;
      case 'late':
        // What is still under way is waited for.
        setTimeout(() => (event.late = true), 30);
        callback(null, event);
        return;
      case 'nothing':
        return;
      case 'fails':
        callback(new RangeError('too far'));
        return;
      case 'throws':
        throw new TypeError('no such thing');
      case 'text':
        return Promise.reject('only text');
      case 'rejects':
        Promise.reject(new Error('nobody looks'));
        return new Promise(() => setTimeout(() => {}, 1000));
      case 'asks':
        return ask('dynamodb.us-east-1.amazonaws.com');
      default:
        return Promise.resolve({ act: event.act, id: context.awsRequestId });
    }
  },
};
