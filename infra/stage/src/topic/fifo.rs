//! FIFO topics: what they ask of a message, which messages repeat another one, and sequence numbers.
//!
//! Pure: it is told the time. A repetition is answered like the first message, and delivered to nobody.

use uuid::Uuid;

use super::{Notification, TopicError};
use crate::queue::{Seen, is_id, seen_under, sha256_hex};
use crate::template::FifoTopic;

/// What the answer to a publication says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Published {
    pub(crate) id: Uuid,
    /// Of a FIFO topic alone.
    pub(crate) sequence_number: Option<String>,
}

impl Published {
    /// A message of a FIFO topic, with its number.
    fn numbered((id, number): (Uuid, u64)) -> Self {
        Self { id, sequence_number: Some(format!("1{number:019}")) }
    }
}

/// The messages that a FIFO topic took lately, by the group where each has its own, and deduplication id.
#[derive(Debug, Default)]
pub(super) struct Taken {
    last_sequence: u64,
    seen: Seen,
}

/// Why a topic does not take the ids of a message; a standard topic has no `fifo`.
pub(super) fn check(message: &Notification, fifo: Option<FifoTopic>) -> Result<(), TopicError> {
    let invalid = |text: String| Err(TopicError::Invalid(format!("Invalid parameter: {text}")));
    let ids = [
        ("MessageGroupId", &message.group_id),
        ("MessageDeduplicationId", &message.deduplication_id),
    ];
    for (name, id) in ids {
        if id.as_ref().is_some_and(|id| !is_id(id)) {
            return invalid(format!(
                "{name} Reason: it must have 1 to 128 letters, digits and punctuation marks of ASCII"
            ));
        }
    }
    match fifo {
        None if message.deduplication_id.is_some() => invalid(
            "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for \
             this topic type"
                .to_owned(),
        ),
        Some(_) if message.group_id.is_none() => {
            invalid("The MessageGroupId parameter is required for FIFO topics".to_owned())
        }
        Some(fifo) if message.deduplication_id.is_none() && !fifo.by_content => invalid(
            "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"
                .to_owned(),
        ),
        _ => Ok(()),
    }
}

impl Taken {
    /// Gives a checked message its ids and its number. `Err` holds the answer to the message that it repeats.
    pub(super) fn admit(
        &mut self,
        message: &mut Notification,
        fifo: FifoTopic,
        now_ms: u64,
    ) -> Result<Published, Published> {
        self.seen.forget(now_ms, drop);
        let given = message.deduplication_id.take();
        let id = given.unwrap_or_else(|| sha256_hex(&message.text));
        let group = message.group_id.as_deref().filter(|_| fifo.per_group);
        let key = seen_under(group, &id);
        message.deduplication_id = Some(id);
        // Numbers grow on after a restart, too; a repetition uses up none.
        let number = (self.last_sequence + 1).max(now_ms * 1_000);
        if let Some(first) = self.seen.note(key, now_ms, (message.id, number)) {
            return Err(Published::numbered(first));
        }
        self.last_sequence = number;
        let published = Published::numbered((message.id, number));
        message.sequence_number.clone_from(&published.sequence_number);
        Ok(published)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::queue::MEMORY_MS;

    const BY_ID: FifoTopic = FifoTopic { by_content: false, per_group: false };
    const BY_CONTENT: FifoTopic = FifoTopic { by_content: true, per_group: false };

    fn message(group: Option<&str>, id: Option<&str>) -> Notification {
        Notification {
            group_id: group.map(str::to_owned),
            deduplication_id: id.map(str::to_owned),
            ..Notification::text("hello")
        }
    }

    #[test]
    fn a_topic_asks_for_the_ids_of_its_type() {
        let long = "x".repeat(129);
        for (fifo, group, id, is_taken) in [
            (None, None, None, true),
            (None, Some("g"), None, true),
            (None, None, Some("d"), false),
            (Some(BY_ID), None, Some("d"), false),
            (Some(BY_ID), Some("g"), None, false),
            (Some(BY_ID), Some("g"), Some("d"), true),
            (Some(BY_CONTENT), Some("g"), None, true),
            (Some(BY_CONTENT), None, None, false),
            (Some(BY_CONTENT), Some(""), None, false),
            (Some(BY_CONTENT), Some("a b"), None, false),
            (Some(BY_CONTENT), Some(long.as_str()), None, false),
        ] {
            let checked = check(&message(group, id), fifo);
            assert_eq!(checked.is_ok(), is_taken, "{fifo:?} {group:?} {id:?}: {checked:?}");
        }
    }

    #[test]
    fn a_message_is_taken_once_in_five_minutes() {
        let mut taken = Taken::default();
        let mut first = message(Some("g"), None);
        let answer = taken.admit(&mut first, BY_CONTENT, 0).unwrap();
        assert_eq!(first.deduplication_id, Some(sha256_hex("hello")));
        assert_eq!(answer.sequence_number.as_ref().map(String::len), Some(20));
        let mut again = message(Some("other"), None);
        assert_eq!(taken.admit(&mut again, BY_CONTENT, MEMORY_MS - 1).unwrap_err(), answer);
        let later = taken.admit(&mut message(Some("g"), None), BY_CONTENT, MEMORY_MS).unwrap();
        assert!(later.sequence_number > answer.sequence_number);
        assert_eq!(taken.seen.n_known(), 1);
    }

    #[test]
    fn groups_may_have_repetitions_of_their_own() {
        let per_group = FifoTopic { by_content: false, per_group: true };
        let mut taken = Taken::default();
        assert!(taken.admit(&mut message(Some("a"), Some("d")), per_group, 0).is_ok());
        assert!(taken.admit(&mut message(Some("b"), Some("d")), per_group, 0).is_ok());
        assert!(taken.admit(&mut message(Some("a"), Some("d")), per_group, 0).is_err());
    }
}
