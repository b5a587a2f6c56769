//! What is told of topics and subscriptions. A topic is made by the template alone: `CreateTopic` answers with one that
//! is there, as programs ask for an ARN that way.

use std::collections::BTreeMap;

use bytes::Bytes;
use http_body_util::Full;
use hyper::Response;

use super::{Form, answer, check_arn, refusal};
use crate::account::{ACCOUNT, REGION};
use crate::query::{escaped, refused};
use crate::template::Subscription;
use crate::topic::{Held, Topics};

/// The actions that tell of topics, in the order of the documentation.
pub(super) const ACTIONS: &str = "CreateTopic for topics of the template, GetTopicAttributes, ListSubscriptions, ListSubscriptionsByTopic and ListTopics";

impl Topics {
    pub(super) fn list(&self) -> Response<Full<Bytes>> {
        let member =
            |arn: &String| format!("<member><TopicArn>{}</TopicArn></member>", escaped(arn));
        let members: String = self.arns().iter().map(member).collect();
        answer("ListTopics", &format!("<Topics>{members}</Topics>"))
    }

    /// Tells the ARN of a topic that is there already, with these attributes.
    pub(super) fn create(&self, form: &Form) -> Response<Full<Bytes>> {
        let name = form.get("Name").map_or("", String::as_str);
        let arn = format!("arn:aws:sns:{REGION}:{ACCOUNT}:{name}");
        let Ok(held) = self.held(&arn) else {
            let message = format!(
                "CreateTopic: the template has no topic `{name}`, and the stage creates none"
            );
            return refused("InvalidAction", &message);
        };
        let known = attributes(&arn, &held);
        let differs = asked(form).any(|(key, value)| known.get(key).is_some_and(|is| is != value));
        if differs {
            let message = "Invalid parameter: Attributes Reason: Topic already exists with different attributes";
            return refused("InvalidParameter", message);
        }
        answer("CreateTopic", &format!("<TopicArn>{}</TopicArn>", escaped(&arn)))
    }

    pub(super) fn topic_attributes(&self, form: &Form) -> Response<Full<Bytes>> {
        let arn = form.get("TopicArn").map_or("", String::as_str);
        match check_arn("TopicArn", arn).and_then(|()| self.held(arn)) {
            Ok(held) => {
                let entry = |(key, value): (&str, String)| {
                    format!("<entry><key>{key}</key><value>{}</value></entry>", escaped(&value))
                };
                let entries: String = attributes(arn, &held).into_iter().map(entry).collect();
                answer("GetTopicAttributes", &format!("<Attributes>{entries}</Attributes>"))
            }
            Err(error) => refusal(&error),
        }
    }

    /// The subscriptions of all topics.
    pub(super) fn subscriptions(&self) -> Response<Full<Bytes>> {
        let all = self.arns().into_iter().filter_map(|arn| self.held(&arn).ok());
        let members: String = all.map(|held| members(&held)).collect();
        answer("ListSubscriptions", &format!("<Subscriptions>{members}</Subscriptions>"))
    }

    /// The subscriptions of a topic.
    pub(super) fn subscriptions_of(&self, form: &Form) -> Response<Full<Bytes>> {
        let arn = form.get("TopicArn").map_or("", String::as_str);
        match check_arn("TopicArn", arn).and_then(|()| self.held(arn)) {
            Ok(held) => {
                let members = format!("<Subscriptions>{}</Subscriptions>", members(&held));
                answer("ListSubscriptionsByTopic", &members)
            }
            Err(error) => refusal(&error),
        }
    }
}

/// The attributes that a request asks for.
fn asked(form: &Form) -> impl Iterator<Item = (&str, &str)> {
    (1..).map_while(|index| {
        let part = |name: &str| form.get(&format!("Attributes.entry.{index}.{name}"));
        Some((part("key")?.as_str(), part("value").map_or("", String::as_str)))
    })
}

/// What the stage knows of a topic.
fn attributes(arn: &str, held: &Held) -> BTreeMap<&'static str, String> {
    let count = held.subscribed.len().to_string();
    let mut attributes = BTreeMap::from([
        ("Owner", ACCOUNT.to_owned()),
        ("SubscriptionsConfirmed", count),
        ("SubscriptionsDeleted", "0".to_owned()),
        ("SubscriptionsPending", "0".to_owned()),
        ("TopicArn", arn.to_owned()),
    ]);
    if let Some(fifo) = held.fifo {
        let scope = if fifo.per_group { "MessageGroup" } else { "Topic" };
        attributes.insert("FifoThroughputScope", scope.to_owned());
        attributes.insert("FifoTopic", "true".to_owned());
        attributes.insert("ContentBasedDeduplication", fifo.by_content.to_string());
    }
    attributes
}

fn members(held: &Held) -> String {
    let member = |one: &Subscription| {
        format!(
            "<member><SubscriptionArn>{}</SubscriptionArn><Owner>{ACCOUNT}</Owner><Protocol>{}</Protocol>\
             <Endpoint>{}</Endpoint><TopicArn>{}</TopicArn></member>",
            escaped(&one.arn),
            one.protocol(),
            escaped(&one.endpoint),
            escaped(&one.topic)
        )
    };
    held.subscribed.iter().map(member).collect()
}
