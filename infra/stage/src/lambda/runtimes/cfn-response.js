// What Lambda lays beside inline code in JavaScript: the answer of a custom resource, sent to where its event asks for it.
'use strict';

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';

exports.send = (event, context, responseStatus, responseData, physicalResourceId, noEcho) => {
  const body = JSON.stringify({
    Status: responseStatus,
    Reason: `See the details in CloudWatch Log Stream: ${context.logStreamName}`,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: responseData,
  });
  const url = new URL(event.ResponseURL);
  const { request } = require(url.protocol === 'http:' ? 'http' : 'https');
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  const asked = request(url, { method: 'PUT', headers }, (response) => {
    console.log(`cfn-response: status ${response.statusCode}`);
    response.resume();
    context.done?.();
  });
  asked.on('error', (error) => {
    console.log(`cfn-response: failed: ${error.message}`);
    context.done?.();
  });
  asked.end(body);
};
