//! URLs of functions: who may call them, by signatures and by permissions.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use stage::{Access, Stage, StageOptions};

use crate::support::{Answer, Folder, options, recording_log, send};

const TEMPLATE: &str = r#"
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: p
          PolicyDocument: {Statement: [{Effect: Allow, Action: ACTIONS, Resource: '*'}]}
  Echo:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code: {ZipFile: 'exports.handler = async (event) => event;'}
  Url: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !Ref Echo, AuthType: AUTH}}
  Public:
    Type: AWS::Lambda::Permission
    Properties: {Action: 'lambda:InvokeFunctionUrl', FunctionName: !Ref Echo, Principal: '*', FunctionUrlAuthType: NONE}
"#;

const SECOND: &str = r#"
  Invoked:
    Type: AWS::Lambda::Permission
    Properties: {Action: 'lambda:InvokeFunction', FunctionName: !Ref Echo, Principal: '*', InvokedViaFunctionUrl: true}
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: a, ProtocolType: HTTP, Target: !GetAtt Echo.Arn}}
"#;

const BOTH: &str = "['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']";

async fn started(auth: &str, actions: &str, more: &str, access: Access) -> (Stage, String) {
    let folder = Folder::new();
    let text = TEMPLATE.replace("AUTH", auth).replace("ACTIONS", actions) + more;
    let (log, said) = recording_log();
    let template = folder.write("template.yaml", &text);
    let stage = Stage::start(StageOptions { template, access, log, ..options() }).await.unwrap();
    let said = said.lock().unwrap().join("\n");
    (stage, said)
}

fn url_of(stage: &Stage, id: &str) -> String {
    stage.apis().iter().find(|api| api.id == id).unwrap().url.clone()
}

/// Where the parts of a signature are.
#[derive(Clone, Copy)]
enum Place {
    Header,
    /// In the query, valid for so many seconds from the time that is so many seconds ago.
    Query {
        lifetime: i64,
        age: i64,
    },
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn mac(key: Vec<u8>, text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), text.as_bytes()).as_ref().to_vec()
}

/// A request that is signed for a service (IAM user guide, "Create a signed AWS API request").
async fn signed(url: &str, access_key: &str, service: &str) -> Answer {
    signed_in(Place::Header, url, access_key, service).await
}

async fn signed_in(place: Place, url: &str, access_key: &str, service: &str) -> Answer {
    let age = if let Place::Query { age, .. } = place { age } else { 0 };
    let time = jiff::Timestamp::now() - jiff::SignedDuration::from_secs(age);
    let date = time.strftime("%Y%m%dT%H%M%SZ").to_string();
    let scope = format!("{}/us-east-1/{service}/aws4_request", &date[..8]);
    let host = url.trim_start_matches("http://").trim_end_matches('/');
    let hash = |text: &str| hex(digest(&SHA256, text.as_bytes()).as_ref());
    let (query, headers, names) = match place {
        Place::Header => {
            (String::new(), format!("host:{host}\nx-amz-date:{date}\n"), "host;x-amz-date")
        }
        Place::Query { lifetime, .. } => {
            let credential = format!("{access_key}/{scope}").replace('/', "%2F");
            let query = format!(
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={date}\
                 &X-Amz-Expires={lifetime}&X-Amz-SignedHeaders=host"
            );
            (query, format!("host:{host}\n"), "host")
        }
    };
    let canonical = format!("GET\n/\n{query}\n{headers}\n{names}\n{}", hash(""));
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hash(&canonical));
    let key = scope.split('/').fold(b"AWS4local".to_vec(), mac);
    let signature = hex(&mac(key, &text));
    if let Place::Query { .. } = place {
        let url = format!("http://{host}/?{query}&X-Amz-Signature={signature}");
        return send("GET", &url, &[], "").await;
    }
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    );
    let headers = [("authorization", authorization.as_str()), ("x-amz-date", date.as_str())];
    send("GET", &format!("http://{host}/"), &headers, "").await
}

#[tokio::test]
async fn a_url_may_hold_its_signature_for_as_long_as_it_says() {
    let (stage, _) = started("AWS_IAM", BOTH, "", Access::Off).await;
    let url = url_of(&stage, "Url");
    for (lifetime, age, service, status) in [
        (600, 500, "lambda", 200),
        (600, 700, "lambda", 403),
        (604_801, 0, "lambda", 403),
        (600, 0, "execute-api", 403),
    ] {
        let answer = signed_in(Place::Query { lifetime, age }, &url, "local", service).await;
        assert_eq!(answer.status, status, "{lifetime} {age} {service}");
    }
}

#[tokio::test]
async fn a_signature_is_for_lambda_and_not_for_the_api_gateway() {
    let (stage, _) = started("AWS_IAM", BOTH, "", Access::Off).await;
    let url = url_of(&stage, "Url");
    let answer = signed(&url, "local", "lambda").await;
    assert_eq!(answer.status, 200);
    let caller = &answer.json()["requestContext"]["authorizer"]["iam"];
    assert_eq!(caller["userArn"], "arn:aws:iam::000000000000:user/local");
    assert_eq!(answer.json()["requestContext"]["accountId"], "000000000000");
    assert_eq!(signed(&url, "local", "execute-api").await.status, 403);
}

#[tokio::test]
async fn the_role_of_who_signs_allows_to_invoke_the_url_and_the_function() {
    for (actions, status) in [
        (BOTH, 200),
        ("lambda:InvokeFunctionUrl", 403),
        ("lambda:InvokeFunction", 403),
        ("execute-api:Invoke", 403),
    ] {
        let (stage, _) = started("AWS_IAM", actions, "", Access::Enforce).await;
        let answer = signed(&url_of(&stage, "Url"), "local_Echo", "lambda").await;
        assert_eq!(answer.status, status, "{actions}");
    }
}

/// The permissions of the function for a role, as for everybody.
const OF_ROLE: &str = r#"
  Signed:
    Type: AWS::Lambda::Permission
    Properties: {Action: 'lambda:InvokeFunctionUrl', FunctionName: !Ref Echo, Principal: !GetAtt Role.Arn, FunctionUrlAuthType: AWS_IAM}
  Invoked:
    Type: AWS::Lambda::Permission
    Properties: {Action: 'lambda:InvokeFunction', FunctionName: !Ref Echo, Principal: !GetAtt Role.Arn, InvokedViaFunctionUrl: true}
"#;

#[tokio::test]
async fn the_permissions_of_the_function_allow_it_instead_of_the_role() {
    let unsigned = OF_ROLE.replace("AWS_IAM", "NONE");
    let denied = "['sqs:*']}, {Effect: Deny, Action: 'lambda:*'";
    for (actions, permissions, status) in [
        ("'sqs:*'", "", 403),
        ("'sqs:*'", OF_ROLE, 200),
        ("'sqs:*'", unsigned.as_str(), 403),
        (denied, OF_ROLE, 403),
    ] {
        let (stage, said) = started("AWS_IAM", actions, permissions, Access::Enforce).await;
        let answer = signed(&url_of(&stage, "Url"), "local_Echo", "lambda").await;
        assert_eq!(answer.status, status, "{actions} {permissions}: {said}");
    }
}

#[tokio::test]
async fn a_public_url_takes_two_permissions_and_the_second_is_for_urls_alone() {
    let (stage, _) = started("NONE", BOTH, "", Access::Enforce).await;
    assert_eq!(send("GET", &url_of(&stage, "Url"), &[], "").await.status, 403);
    let (stage, said) = started("NONE", BOTH, SECOND, Access::Enforce).await;
    let answer = send("GET", &url_of(&stage, "Url"), &[], "").await;
    assert_eq!(answer.status, 200, "{said}");
    assert_eq!(answer.json()["requestContext"]["accountId"], "anonymous");
    assert_eq!(send("GET", &url_of(&stage, "Api"), &[], "").await.status, 500, "{said}");
}
