//! Owns a message: what a sender may put into it, its size, its digests, its receipt handles. It
//! refuses to know where a message is in its queue.

use super::config::QueueConfig;
use super::error::QueueError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What a sender hands over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewMessage {
    /// The text.
    pub body: String,
    /// The sender's own attributes by name.
    pub attributes: BTreeMap<String, Attribute>,
    /// The X-Ray trace header to carry (`AWSTraceHeader`).
    pub trace_header: Option<String>,
    /// The message group: required by a FIFO queue, passed through by a standard one.
    pub group_id: Option<String>,
    /// What a FIFO queue tells repeated messages by.
    pub deduplication_id: Option<String>,
    /// How long the message stays hidden, in seconds; the queue's delay when absent.
    pub delay_s: Option<u32>,
}

impl NewMessage {
    /// A message of this text and nothing else.
    pub fn text(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }

    /// What counts towards the size limits: the body and all of the attributes.
    ///
    /// **Units**: bytes.
    pub fn n_bytes(&self) -> usize {
        let attributes =
            self.attributes.iter().map(|(name, attribute)| name.len() + attribute.n_bytes());
        self.body.len() + attributes.sum::<usize>()
    }

    /// Checks everything that does not depend on what the queue holds.
    ///
    /// **Errors**: an empty body, a forbidden character, an attribute that cannot be, a message too
    /// long, a group or deduplication id missing or out of place, a delay that cannot be.
    pub fn check(&self, config: &QueueConfig) -> Result<(), QueueError> {
        if self.body.is_empty() {
            return Err(QueueError::MissingParameter("MessageBody".to_owned()));
        }
        check_text(&self.body)?;
        if self.attributes.len() > 10 {
            return Err(invalid(format!(
                "Number of message attributes [{}] exceeds the allowed maximum [10].",
                self.attributes.len()
            )));
        }
        for (name, attribute) in &self.attributes {
            attribute.check(name)?;
        }
        if self.n_bytes() > config.max_message_bytes {
            return Err(invalid(format!(
                "One or more parameters are invalid. Reason: Message must be shorter than {} bytes.",
                config.max_message_bytes
            )));
        }
        if let Some(delay @ 901..) = self.delay_s {
            return Err(invalid(format!(
                "Value {delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be \
                 >= 0 and <= 900."
            )));
        }
        self.check_ids(config)
    }

    fn check_ids(&self, config: &QueueConfig) -> Result<(), QueueError> {
        check_id("MessageGroupId", self.group_id.as_deref())?;
        check_id("MessageDeduplicationId", self.deduplication_id.as_deref())?;
        let out_of_place = |name: &str, value: &str| {
            invalid(format!(
                "Value {value} for parameter {name} is invalid. Reason: The request include \
                 parameter that is not valid for this queue type."
            ))
        };
        let Some(fifo) = config.fifo else {
            return match &self.deduplication_id {
                Some(id) => Err(out_of_place("MessageDeduplicationId", id)),
                None => Ok(()),
            };
        };
        if self.group_id.is_none() {
            return Err(QueueError::MissingParameter("MessageGroupId".to_owned()));
        }
        if self.deduplication_id.is_none() && !fifo.content_based_deduplication {
            return Err(invalid(NO_DEDUPLICATION.to_owned()));
        }
        match self.delay_s {
            Some(delay @ 1..) => Err(out_of_place("DelaySeconds", &delay.to_string())),
            _ => Ok(()),
        }
    }
}

/// What a message to a FIFO queue lacks that tells repetitions by nothing.
pub(super) const NO_DEDUPLICATION: &str = "The queue should either have ContentBasedDeduplication enabled or \
                                           MessageDeduplicationId provided explicitly";

/// A sender's own attribute of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// `String`, `Number` or `Binary`, with a label of the sender's after a dot if it likes.
    pub data_type: String,
    /// The value.
    pub value: AttributeValue,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeValue {
    /// Of a `String` or `Number`.
    Text(String),
    /// Of a `Binary`.
    Binary(Vec<u8>),
}

impl Attribute {
    /// An attribute of type `String`.
    pub fn text(value: impl Into<String>) -> Self {
        Self { data_type: "String".to_owned(), value: AttributeValue::Text(value.into()) }
    }

    pub(crate) fn n_bytes(&self) -> usize {
        self.data_type.len() + self.value.bytes().len()
    }

    pub(crate) fn check(&self, name: &str) -> Result<(), QueueError> {
        check_attribute_name(name)?;
        let kind = self.data_type.split('.').next().unwrap_or_default();
        let wanted = match (kind, &self.value) {
            ("String" | "Number", AttributeValue::Binary(_)) => "StringValue",
            ("Binary", AttributeValue::Text(_)) => "BinaryValue",
            ("String", AttributeValue::Text(text)) if text.is_empty() => "StringValue",
            ("Binary", AttributeValue::Binary(bytes)) if bytes.is_empty() => "BinaryValue",
            ("String", AttributeValue::Text(text)) => {
                return check_text(text).map_err(|error| invalid(error.to_string()));
            }
            ("Number", AttributeValue::Text(text)) if !is_number(text) => {
                return Err(invalid(format!(
                    "Can't cast the value of message (user) attribute '{name}' to a number."
                )));
            }
            ("Number" | "Binary", _) if self.data_type.len() <= 256 => return Ok(()),
            _ => {
                return Err(invalid(format!(
                    "The message attribute '{name}' has an invalid message attribute type, the set \
                     of supported type prefixes is Binary, Number, and String."
                )));
            }
        };
        Err(invalid(if self.value.bytes().is_empty() {
            format!(
                "Message (user) attribute '{name}' must contain a non-empty value of type '{kind}'."
            )
        } else {
            format!(
                "The message attribute '{name}' with type '{}' must use field '{wanted}'.",
                self.data_type
            )
        }))
    }
}

impl AttributeValue {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

/// A message that a queue has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The id that the sender was told.
    pub id: Uuid,
    /// The text.
    pub body: String,
    /// The sender's own attributes by name.
    pub attributes: BTreeMap<String, Attribute>,
    /// The X-Ray trace header.
    pub trace_header: Option<String>,
    /// The message group.
    pub group_id: Option<Arc<str>>,
    /// The deduplication id of a message in a FIFO queue.
    pub deduplication_id: Option<String>,
    /// The number of a message in a FIFO queue: it grows with every message that the queue takes.
    pub sequence_number: Option<u64>,
    /// When the message was sent, in milliseconds since the Unix epoch.
    pub sent_ms: u64,
    /// The ARN of the queue that gave up on the message, once it is in a dead-letter queue.
    pub dead_letter_source: Option<Arc<str>>,
    /// The hexadecimal MD5 of the body.
    pub body_md5: String,
}

impl Message {
    /// The sequence number as AWS writes it.
    pub fn sequence_text(&self) -> Option<String> {
        self.sequence_number.map(sequence_text)
    }
}

/// A sequence number as AWS writes it: twenty digits.
pub fn sequence_text(number: u64) -> String {
    format!("{:020}", u128::from(number) + 18_000_000_000_000_000_000)
}

/// The SHA-256 of a body in hexadecimal digits: the deduplication id of a FIFO queue that compares contents.
#[must_use]
pub fn sha256_hex(text: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hexadecimal MD5 of a text.
pub fn md5_hex(text: &str) -> String {
    format!("{:x}", md5::compute(text))
}

/// The digest of a set of attributes, by which SDKs check that they arrived whole; none for no
/// attributes.
///
/// **Source**: Amazon SQS Developer Guide, "Calculating the MD5 message digest for message
/// attributes".
pub fn attributes_md5<'a>(
    attributes: impl IntoIterator<Item = (&'a String, &'a Attribute)>,
) -> Option<String> {
    let mut digest = md5::Context::new();
    let mut is_empty = true;
    let part = |digest: &mut md5::Context, bytes: &[u8]| {
        digest.consume((bytes.len() as u32).to_be_bytes());
        digest.consume(bytes);
    };
    // The attributes come out of an ordered map, and the digest wants them in the order of their
    // names.
    for (name, attribute) in attributes {
        is_empty = false;
        part(&mut digest, name.as_bytes());
        part(&mut digest, attribute.data_type.as_bytes());
        digest.consume([if matches!(attribute.value, AttributeValue::Binary(_)) { 2 } else { 1 }]);
        part(&mut digest, attribute.value.bytes());
    }
    (!is_empty).then(|| format!("{:x}", digest.compute()))
}

/// What a receipt handle stands for: one receipt of one message of one queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Receipt {
    /// The number of the queue, never used twice.
    pub queue: u64,
    /// The number of the message in the queue.
    pub message: u64,
    /// The how-manieth receipt of the message it was.
    pub count: u32,
}

impl Receipt {
    /// The handle that a receiver is given.
    pub fn handle(self) -> String {
        let mut bytes = [0; 20];
        bytes[..8].copy_from_slice(&self.queue.to_be_bytes());
        bytes[8..16].copy_from_slice(&self.message.to_be_bytes());
        bytes[16..].copy_from_slice(&self.count.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a handle back.
    ///
    /// **Errors**: [`QueueError::ReceiptHandleIsInvalid`] when no queue of the stage wrote it.
    pub fn parse(handle: &str) -> Result<Self, QueueError> {
        let bad = || QueueError::ReceiptHandleIsInvalid(handle.to_owned());
        let mut bytes = [0; 20];
        // The exact length is checked first, since decoding into a fixed array refuses what is
        // longer only.
        if handle.len() != 27 || URL_SAFE_NO_PAD.decode_slice(handle, &mut bytes).is_err() {
            return Err(bad());
        }
        let (queue, rest) = bytes.split_first_chunk().ok_or_else(bad)?;
        let (message, rest) = rest.split_first_chunk().ok_or_else(bad)?;
        let (count, _) = rest.split_first_chunk().ok_or_else(bad)?;
        Ok(Self {
            queue: u64::from_be_bytes(*queue),
            message: u64::from_be_bytes(*message),
            count: u32::from_be_bytes(*count),
        })
    }
}

/// Refuses characters that XML 1.0 has no way to write.
pub fn check_text(text: &str) -> Result<(), QueueError> {
    let bytes = text.as_bytes();
    let control = bytes.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'));
    // U+FFFE and U+FFFF are the only characters of more than one byte that are forbidden; EF BF BE
    // and EF BF BF are their encodings.
    let noncharacter = bytes.contains(&0xEF)
        && bytes.windows(3).any(|three| matches!(three, [0xEF, 0xBF, 0xBE | 0xBF]));
    if control || noncharacter { Err(QueueError::InvalidMessageContents) } else { Ok(()) }
}

fn check_attribute_name(name: &str) -> Result<(), QueueError> {
    // AWS takes letters of any script, though its reference names those of ASCII.
    let legal = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let lower = name.to_ascii_lowercase();
    let sound = !name.is_empty()
        && name.len() <= 256
        && name.chars().all(legal)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && !lower.starts_with("aws.")
        && !lower.starts_with("amazon.");
    if sound {
        return Ok(());
    }
    Err(invalid(format!(
        "The message attribute name '{name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), \
         hyphen (-), and period (.) characters."
    )))
}

fn check_id(name: &str, id: Option<&str>) -> Result<(), QueueError> {
    match id {
        Some(id) if !is_id(id) => Err(invalid(format!(
            "Value {id} for parameter {name} is invalid. Reason: {name} can only include \
             alphanumeric and punctuation characters. 1 to 128 in length."
        ))),
        _ => Ok(()),
    }
}

/// Whether a text may be the id of a group, of a message or of an attempt.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_number(text: &str) -> bool {
    let significant = text.bytes().filter(u8::is_ascii_digit).count();
    let shaped = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
    shaped && (1..=40).contains(&significant) && text.parse::<f64>().is_ok()
}

fn invalid(message: String) -> QueueError {
    QueueError::InvalidParameterValue(message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    fn check(message: NewMessage) -> Result<(), &'static str> {
        message.check(&QueueConfig::default()).map_err(|error| error.code().legacy)
    }

    fn with(name: &str, data_type: &str, value: AttributeValue) -> NewMessage {
        let attribute = Attribute { data_type: data_type.to_owned(), value };
        NewMessage { attributes: [(name.to_owned(), attribute)].into(), ..NewMessage::text("x") }
    }

    fn text(text: &str) -> AttributeValue {
        AttributeValue::Text(text.to_owned())
    }

    #[test]
    fn digests_are_those_that_the_developer_guide_prescribes() {
        assert_eq!(md5_hex("hello"), "5d41402abc4b2a76b9719d911017c592");
        assert_eq!(
            sha256_hex("hello"),
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        );
        let number =
            Attribute { data_type: "Number".to_owned(), value: text("230.000000000000000001") };
        let blob = Attribute {
            data_type: "Binary".to_owned(),
            value: AttributeValue::Binary(vec![1, 2, 3]),
        };
        let attributes: BTreeMap<String, Attribute> =
            [("B".to_owned(), blob), ("A".to_owned(), number)].into();
        // The same bytes laid out by hand.
        let mut bytes = Vec::new();
        for (name, kind, transport, value) in [
            ("A", "Number", 1_u8, &b"230.000000000000000001"[..]),
            ("B", "Binary", 2, &[1, 2, 3][..]),
        ] {
            for part in [name.as_bytes(), kind.as_bytes()] {
                bytes.extend((part.len() as u32).to_be_bytes());
                bytes.extend(part);
            }
            bytes.push(transport);
            bytes.extend((value.len() as u32).to_be_bytes());
            bytes.extend(value);
        }
        assert_eq!(attributes_md5(&attributes), Some(format!("{:x}", md5::compute(bytes))));
        assert_eq!(attributes_md5(&BTreeMap::new()), None);
    }

    #[test]
    fn forbidden_characters_are_refused_and_their_neighbours_are_not() {
        for good in ["\t\n\r ", "\u{d7ff}", "\u{e000}", "\u{fffd}", "\u{10000}", "\u{10ffff}", "ÿ"]
        {
            assert_eq!(check(NewMessage::text(good)), Ok(()), "{good:?}");
        }
        for bad in ["\0", "\u{8}", "\u{b}", "\u{c}", "\u{1f}", "a\u{fffe}", "\u{ffff}b"] {
            assert_eq!(check(NewMessage::text(bad)), Err("InvalidMessageContents"), "{bad:?}");
        }
        assert_eq!(check(NewMessage::text("")), Err("MissingParameter"));
    }

    #[test]
    fn attributes_have_a_name_a_type_and_a_value_that_fit() {
        for (name, kind, value) in [
            ("a.b-c_9", "String", "v"),
            ("n", "Number.price", "-1.5e3"),
            ("awsome", "String.x", " "),
            ("ä", "String", "v"),
        ] {
            assert_eq!(check(with(name, kind, text(value))), Ok(()), "{name}");
        }
        for (name, kind, value) in [
            ("", "String", "v"),
            (".a", "String", "v"),
            ("a..b", "String", "v"),
            ("AWS.a", "String", "v"),
            ("amazon.a", "String", "v"),
            ("a b", "String", "v"),
            ("a", "String", "\u{8}"),
            ("a", "Text", "v"),
            ("a", "", "v"),
            ("a", "String", ""),
            ("a", "Number", "NaN"),
            ("a", "Number", "1 2"),
            ("a", "Binary", "v"),
        ] {
            let refused = check(with(name, kind, text(value)));
            assert_eq!(refused, Err("InvalidParameterValue"), "{name} {kind} {value}");
        }
    }

    #[test]
    fn the_size_of_a_message_counts_its_attributes() {
        let limit = super::super::config::MAX_BYTES;
        assert_eq!(check(NewMessage::text("x".repeat(limit))), Ok(()));
        assert_eq!(check(NewMessage::text("x".repeat(limit + 1))), Err("InvalidParameterValue"));
        let mut message = with("name", "String", text("value"));
        message.body = "x".repeat(limit - "nameStringvalue".len());
        assert_eq!(check(message.clone()), Ok(()));
        message.body.push('x');
        assert_eq!(check(message), Err("InvalidParameterValue"));
    }

    #[test]
    fn handles_are_read_back_and_anything_else_is_refused() {
        let receipt = Receipt { queue: 3, message: u64::MAX, count: 7 };
        assert_eq!(Receipt::parse(&receipt.handle()), Ok(receipt));
        let longer = format!("{}A", receipt.handle());
        for bad in ["", "x", &longer, "####################AAAAAAA", "ä"] {
            assert_eq!(
                Receipt::parse(bad),
                Err(QueueError::ReceiptHandleIsInvalid(bad.to_owned())),
                "{bad}"
            );
        }
    }
}
