{{ imports }}
/**
 * The OpenAPI document that API Gateway makes its routes from.
 *
 * It says what the gateway can act on: paths, methods, parameters, models of request bodies, the function behind
 * each route, and the gateway's own answers. What it leaves out, the contracts and the reference say.
 */
export function apiDocument(
  stackName: string,
  functions: Functions,
  settings: Settings,
): Record<string, unknown> {
{{ statement }}}

/** The request goes to a function as it is, and the function's answer to the client. */
function invoke(target: lambda.IFunction): Record<string, unknown> {
  const path = `2015-03-31/functions/${target.functionArn}/invocations`;
  return {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/${path}`,
  };
}

/** An answer of the gateway itself: a problem document (RFC 9457), as functions give them. */
{% if has_challenge %}function problem(
  status: number,
  title: string,
  detail: string,
  challenge?: string,
): Record<string, unknown> {
{%- else %}function problem(status: number, title: string, detail: string): Record<string, unknown> {
{%- endif %}
  const body = `{"type":"about:blank","title":"${title}","status":${status},"detail":${detail},"requestId":"$context.requestId"}`;
  return {
    statusCode: `${status}`,
    responseParameters: {
      'gatewayresponse.header.Content-Type': "'application/problem+json'",
{% if has_challenge %}      ...(challenge === undefined ? {} : { 'gatewayresponse.header.WWW-Authenticate': challenge }),
{% endif %}{% for line in headers %}      {{ line }},
{% endfor %}    },
    responseTemplates: { 'application/json': body },
  };
}
