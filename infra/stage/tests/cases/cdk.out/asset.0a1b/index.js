const greeting = require('greeting');

exports.handler = async (event) => ({
  statusCode: 200,
  body: JSON.stringify({
    greeting,
    resource: event.resource,
    parameters: event.pathParameters,
    who: event.requestContext.authorizer?.who,
  }),
});
