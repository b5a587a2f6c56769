//! `DescribeStacks`: the request as a form, and the answer as data.
//!
//! **Source** the API reference of AWS CloudFormation, version 2010-05-15. Reads the parts that are used here and
//! passes over the rest.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow, bail};
use aws_smithy_xml::decode::{Document, ScopedDecoder, try_data};

/// What CloudFormation says of a stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Described {
    /// Its name.
    pub name: String,
    /// `CREATE_COMPLETE` …
    pub status: String,
    /// Its outputs, by key.
    pub outputs: BTreeMap<String, String>,
    /// The values of its parameters, by name.
    pub parameters: BTreeMap<String, String>,
    /// Its tags, by key.
    pub tags: BTreeMap<String, String>,
}

/// The body of the request.
pub(super) fn request(stack: &str) -> String {
    // A name has letters, digits and hyphens, an ARN colons and slashes too: those stand for themselves in a form.
    format!("Action=DescribeStacks&Version=2010-05-15&StackName={}", stack.replace(':', "%3A"))
}

/// Reads an answer.
///
/// # Errors
/// What CloudFormation says is wrong, or that the answer is not CloudFormation's.
pub(super) fn read(status: u16, text: &str) -> anyhow::Result<Described> {
    let mut document = Document::new(text);
    let root = document.root_element();
    let root =
        root.map_err(|_| anyhow!("CloudFormation returned {status} with an unexpected body"))?;
    if status != 200 {
        return Err(fault(root).unwrap_or_else(|| anyhow!("CloudFormation returned {status}")));
    }
    let stack = read_response(root).context("CloudFormation's response cannot be read")?;
    stack.ok_or_else(|| anyhow!("CloudFormation described no stack"))
}

fn read_response(mut root: ScopedDecoder<'_, '_>) -> anyhow::Result<Option<Described>> {
    while let Some(mut result) = root.next_tag() {
        if !result.start_el().matches("DescribeStacksResult") {
            continue;
        }
        while let Some(mut stacks) = result.next_tag() {
            if !stacks.start_el().matches("Stacks") {
                continue;
            }
            if let Some(member) = stacks.next_tag() {
                return read_stack(member).map(Some);
            }
        }
    }
    Ok(None)
}

fn read_stack(mut member: ScopedDecoder<'_, '_>) -> anyhow::Result<Described> {
    let mut stack = Described::default();
    while let Some(mut tag) = member.next_tag() {
        let name = tag.start_el().local().to_owned();
        match name.as_str() {
            "StackName" => stack.name = text(&mut tag)?.into_owned(),
            "StackStatus" => stack.status = text(&mut tag)?.into_owned(),
            "Outputs" => stack.outputs = pairs(&mut tag, "OutputKey", "OutputValue")?,
            "Parameters" => stack.parameters = pairs(&mut tag, "ParameterKey", "ParameterValue")?,
            "Tags" => stack.tags = pairs(&mut tag, "Key", "Value")?,
            _ => {}
        }
    }
    if stack.name.is_empty() || stack.status.is_empty() {
        bail!("a stack has no name or no status");
    }
    Ok(stack)
}

/// A list of members, each with a key and a value.
fn pairs(
    list: &mut ScopedDecoder<'_, '_>,
    key: &str,
    value: &str,
) -> anyhow::Result<BTreeMap<String, String>> {
    let mut pairs = BTreeMap::new();
    while let Some(mut member) = list.next_tag() {
        let (mut name, mut held) = (None, None);
        while let Some(mut tag) = member.next_tag() {
            if tag.start_el().matches(key) {
                name = Some(text(&mut tag)?.into_owned());
            } else if tag.start_el().matches(value) {
                held = Some(text(&mut tag)?.into_owned());
            }
        }
        if let Some(name) = name {
            pairs.insert(name, held.unwrap_or_default());
        }
    }
    Ok(pairs)
}

fn text<'a>(tag: &mut ScopedDecoder<'a, '_>) -> anyhow::Result<Cow<'a, str>> {
    try_data(tag).map_err(|error| anyhow!("{error}"))
}

/// `ErrorResponse/Error` with code and message.
fn fault(mut root: ScopedDecoder<'_, '_>) -> Option<anyhow::Error> {
    while let Some(mut error) = root.next_tag() {
        if !error.start_el().matches("Error") {
            continue;
        }
        let (mut code, mut message) = (String::new(), String::new());
        while let Some(mut tag) = error.next_tag() {
            if tag.start_el().matches("Code") {
                code = text(&mut tag).ok()?.into_owned();
            } else if tag.start_el().matches("Message") {
                message = text(&mut tag).ok()?.into_owned();
            }
        }
        return Some(anyhow!("{code}: {message}"));
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    const ANSWER: &str = r#"<?xml version="1.0"?>
<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
  <DescribeStacksResult>
    <Stacks>
      <member>
        <StackId>arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-dev/aaaa</StackId>
        <StackName>shop-dev</StackName>
        <Capabilities><member>CAPABILITY_IAM</member></Capabilities>
        <Outputs>
          <member><OutputKey>ApiUrl</OutputKey><OutputValue>https://a.example/dev?a=1&amp;b=2</OutputValue>
            <Description>where</Description></member>
          <member><OutputKey>OrderTableName</OutputKey><OutputValue>shop-dev-order</OutputValue></member>
        </Outputs>
        <Parameters><member><ParameterKey>StageName</ParameterKey><ParameterValue>dev</ParameterValue></member>
          <member><ParameterKey>AlarmTopicArn</ParameterKey><ParameterValue/></member></Parameters>
        <Tags><member><Key>team</Key><Value>shop</Value></member></Tags>
        <StackStatus>UPDATE_COMPLETE</StackStatus>
      </member>
    </Stacks>
  </DescribeStacksResult>
  <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
</DescribeStacksResponse>"#;

    #[test]
    fn a_stack_is_read_with_its_outputs_parameters_and_tags() {
        let stack = read(200, ANSWER).unwrap();
        assert_eq!((stack.name.as_str(), stack.status.as_str()), ("shop-dev", "UPDATE_COMPLETE"));
        assert_eq!(stack.outputs["ApiUrl"], "https://a.example/dev?a=1&b=2");
        assert_eq!(stack.outputs["OrderTableName"], "shop-dev-order");
        assert_eq!(stack.parameters["StageName"], "dev");
        assert_eq!(stack.parameters["AlarmTopicArn"], "");
        assert_eq!(stack.tags["team"], "shop");
    }

    #[test]
    fn a_refusal_is_told_in_the_words_of_the_service() {
        let text = "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id x does not exist</Message></Error></ErrorResponse>";
        let error = read(400, text).unwrap_err().to_string();
        assert_eq!(error, "ValidationError: Stack with id x does not exist");
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        for (status, text) in [
            (200, ""),
            (200, "{}"),
            (200, "<DescribeStacksResponse/>"),
            (200, &ANSWER[..ANSWER.len() / 2]),
            (200, &ANSWER.replace("StackStatus", "Status")),
            (503, "<html>busy</html>"),
        ] {
            assert!(read(status, text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_name_and_an_arn_stand_in_a_form() {
        assert!(request("shop-dev").ends_with("&StackName=shop-dev"));
        assert!(
            request("arn:aws:c:r:1:stack/a/b")
                .ends_with("StackName=arn%3Aaws%3Ac%3Ar%3A1%3Astack/a/b")
        );
    }
}
