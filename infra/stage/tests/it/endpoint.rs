//! The AWS endpoint: the SDK's own requests, and those that nobody answers.

use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region};

use stage::{Stage, StageOptions};

use crate::support::{options, recording_log, send, stage};

#[tokio::test]
async fn the_sdk_sends_and_receives_messages() {
    let stage = stage().await;
    let config = aws_sdk_sqs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(stage.aws_endpoint());
    let client = aws_sdk_sqs::Client::from_conf(config.build());
    let url = stage.queue_url("FailureQueue").unwrap();
    client.send_message().queue_url(url).message_body("hello").send().await.unwrap();
    let received = client.receive_message().queue_url(url).send().await.unwrap();
    assert_eq!(received.messages()[0].body(), Some("hello"));
}

#[tokio::test]
async fn what_the_stage_has_not_is_refused_by_name() {
    let (log, said) = recording_log();
    let stage = Stage::start(StageOptions { log, ..options() }).await.unwrap();
    let url = stage.aws_endpoint();
    let put = [("x-amz-target", "Kinesis_20131202.PutRecord")];
    send("POST", url, &put, "{}").await;
    let answer = send("POST", url, &put, "{}").await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["__type"], "UnknownOperationException");
    assert!(answer.json()["message"].as_str().unwrap().contains("Kinesis_20131202.PutRecord"));

    let signature =
        "AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/xray/aws4_request, SignedHeaders=host";
    let answer = send("GET", &format!("{url}/traces"), &[("authorization", signature)], "").await;
    assert_eq!(answer.status, 404);
    assert!(answer.json()["message"].as_str().unwrap().contains("`xray`"));
    // A function may swallow the error, so each is reported, once.
    let said = said.lock().unwrap().join("\n");
    assert_eq!(said.matches("Kinesis_20131202.PutRecord").count(), 1, "{said}");
    assert!(said.contains("does not support GET /traces of the service `xray`"), "{said}");

    let answer = send("POST", url, &[], "Action=Nonsense&Version=2012-11-05").await;
    assert_eq!(answer.status, 400);
    let text = String::from_utf8_lossy(&answer.body);
    assert!(text.contains("<Code>InvalidAction</Code>") && text.contains("Nonsense"), "{text}");

    let answer = send("POST", url, &[("x-amz-target", "AmazonSQS.Nonsense")], "{}").await;
    assert_eq!(answer.status, 400);
}

/// SDKs spoke the query protocol to SQS until 2023.
#[tokio::test]
async fn older_sdks_reach_queues_by_forms() {
    let stage = stage().await;
    let url = stage.aws_endpoint();
    let ask = async |path: &str, form: &str| {
        let form = format!("Version=2012-11-05&{form}");
        let answer = send("POST", &format!("{url}{path}"), &[], form).await;
        assert_eq!(answer.headers["content-type"], "text/xml");
        (answer.status, String::from_utf8_lossy(&answer.body).into_owned())
    };
    let text_of = |text: &str, element: &str| {
        let (_, rest) = text.split_once(&format!("<{element}>")).unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    let (status, made) = ask("/", "Action=CreateQueue&QueueName=old").await;
    assert_eq!(status, 200, "{made}");
    let queue = text_of(&made, "QueueUrl");
    let path = queue.strip_prefix(url).unwrap();
    let (_, sent) = ask(path, "Action=SendMessage&MessageBody=a%3Cb").await;
    assert_eq!(text_of(&sent, "MD5OfMessageBody").len(), 32);
    // A form in the address has to be signed.
    let signature =
        "AWS4-HMAC-SHA256 Credential=key/20261123/us-east-1/sqs/aws4_request, SignedHeaders=host";
    let address = format!("{queue}?Action=ReceiveMessage&Version=2012-11-05");
    let got = send("GET", &address, &[("authorization", signature)], "").await;
    let got = String::from_utf8_lossy(&got.body).into_owned();
    assert_eq!(text_of(&got, "Body"), "a&lt;b");
    let handle = text_of(&got, "ReceiptHandle");
    let (status, _) = ask(path, &format!("Action=DeleteMessage&ReceiptHandle={handle}")).await;
    assert_eq!(status, 200);
    let (status, error) = ask("/000000000000/none", "Action=PurgeQueue").await;
    assert_eq!(status, 400);
    assert_eq!(text_of(&error, "Code"), "AWS.SimpleQueueService.NonExistentQueue");
}

#[tokio::test]
async fn services_that_speak_xml_are_answered_in_xml() {
    let stage = stage().await;
    let ask = async |service: &str, form: &str| {
        let signature = format!(
            "AWS4-HMAC-SHA256 Credential=me/20261123/us-east-1/{service}/aws4_request, SignedHeaders=host"
        );
        let headers = [
            ("authorization", signature.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let answer = send("POST", stage.aws_endpoint(), &headers, form.to_owned()).await;
        assert_eq!(answer.headers["content-type"], "text/xml", "{service}");
        (answer.status, String::from_utf8_lossy(&answer.body).into_owned())
    };
    let (status, text) = ask("sts", "Action=GetCallerIdentity&Version=2011-06-15").await;
    assert_eq!(status, 200);
    assert!(text.contains("<Arn>arn:aws:iam::000000000000:user/me</Arn>"), "{text}");
    for (service, form) in
        [("sns", "Action=CreateTopic"), ("iam", "Action=GetRole"), ("sts", "Action=AssumeRole")]
    {
        let (status, text) = ask(service, form).await;
        assert_eq!(status, 400);
        assert!(text.contains("<Code>InvalidAction</Code>") && text.contains(&form[7..]), "{text}");
    }
}

#[tokio::test]
async fn a_form_that_names_no_service_is_told_what_it_lacks() {
    let stage = stage().await;
    let answer = send("POST", stage.aws_endpoint(), &[], "Action=SendMessage".to_owned()).await;
    let told = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status, 400, "{told}");
    assert!(told.contains("of which service SendMessage is: sign the request"), "{told}");
}

#[tokio::test]
async fn calls_of_s3_are_refused_in_its_own_xml() {
    let stage = stage().await;
    let signature =
        "AWS4-HMAC-SHA256 Credential=me/20261123/us-east-1/s3/aws4_request, SignedHeaders=host";
    let url = format!("{}/bucket/key", stage.aws_endpoint());
    for method in ["GET", "PUT", "HEAD"] {
        let answer = send(method, &url, &[("authorization", signature)], "").await;
        // Not 404, which clients take for an object that is not there.
        assert_eq!(
            (answer.status, &answer.headers["content-type"]),
            (501, &"application/xml".parse().unwrap())
        );
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(method == "HEAD" || text.contains("<Error><Code>NotImplemented</Code>"), "{text}");
    }
    let presigned = format!("{url}?X-Amz-Credential=me%2F20261123%2Fus-east-1%2Fs3%2Faws4_request");
    assert_eq!(send("GET", &presigned, &[], "").await.status, 501);
    for unsigned in
        [("user-agent", "aws-sdk-js/3 api/s3#3.700.0"), ("x-amz-checksum-mode", "ENABLED")]
    {
        assert_eq!(send("GET", &url, &[unsigned], "").await.status, 501);
    }
    let large = "x".repeat(17 * 1024 * 1024);
    assert_eq!(send("PUT", &url, &[("authorization", signature)], large).await.status, 501);
}
