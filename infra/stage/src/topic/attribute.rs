//! What SNS asks of a message's attribute, in its own words.

use crate::queue::{Attribute, AttributeValue};

/// The longest name, and the longest type.
const MAX_NAME: usize = 256;

/// Why SNS refuses an attribute of this name.
pub(super) fn check(name: &str, attribute: &Attribute) -> Result<(), String> {
    check_name(name)?;
    let kind = attribute.data_type.as_str();
    let (prefix, custom) =
        kind.split_once('.').map_or((kind, None), |(one, rest)| (one, Some(rest)));
    if !matches!(prefix, "String" | "Number" | "Binary")
        || custom == Some("")
        || kind.len() > MAX_NAME
    {
        return Err(format!(
            "The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is \
             Binary, Number, and String."
        ));
    }
    let (field, is_empty) = match &attribute.value {
        AttributeValue::Text(text) => ("String", text.is_empty()),
        AttributeValue::Binary(bytes) => ("Binary", bytes.is_empty()),
    };
    if is_empty {
        return Err(format!(
            "The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{kind}'."
        ));
    }
    let wanted = if prefix == "Binary" { "Binary" } else { "String" };
    if field != wanted {
        return Err(format!(
            "The message attribute '{name}' with type '{kind}' must use field '{wanted}'."
        ));
    }
    // The rest is as in a queue: numbers, and characters that cannot be written.
    attribute.check(name).map_err(|error| error.to_string())
}

fn check_name(name: &str) -> Result<(), String> {
    let wrong = |letter: &char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-' | '.');
    if name.len() > MAX_NAME {
        return Err("Length of message attribute name must be less than 256 bytes.".to_owned());
    }
    if let Some(letter) = name.chars().find(wrong) {
        let code = u32::from(letter);
        return Err(format!(
            "Invalid non-alphanumeric character '#x{code:X}' was found in the message attribute name. Can only include \
             alphanumeric characters, hyphens, underscores, or dots."
        ));
    }
    for (is_there, place) in [(name.starts_with('.'), "starting"), (name.ends_with('.'), "ending")]
    {
        if is_there {
            return Err(format!(
                "Invalid message attribute name {place} with character '.' was found."
            ));
        }
    }
    if name.contains("..") {
        return Err("Message attribute name can not have successive '.' character.".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answers are those of AWS.
    #[test]
    fn attributes_are_refused_in_the_words_of_sns() {
        let long = "a".repeat(257);
        let text = |text: &str| AttributeValue::Text(text.to_owned());
        let bytes = |bytes: &[u8]| AttributeValue::Binary(bytes.to_vec());
        for (name, kind, value, expected) in [
            (
                "a",
                "String",
                text(""),
                "must contain non-empty message attribute value for message attribute type 'String'.",
            ),
            (
                "a",
                "Binary",
                bytes(b""),
                "must contain non-empty message attribute value for message attribute type 'Binary'.",
            ),
            (
                "a",
                "String",
                bytes(b"1"),
                "The message attribute 'a' with type 'String' must use field 'String'.",
            ),
            (
                "a",
                "Number",
                bytes(b"1"),
                "The message attribute 'a' with type 'Number' must use field 'String'.",
            ),
            (
                "a",
                "Binary",
                text("1"),
                "The message attribute 'a' with type 'Binary' must use field 'Binary'.",
            ),
            (
                "a",
                "InvalidType",
                text("1"),
                "The message attribute 'a' has an invalid message attribute type",
            ),
            ("a", "String.", text("1"), "has an invalid message attribute type"),
            ("a", "Stringprefixed", text("1"), "has an invalid message attribute type"),
            ("a", "String.  prefixed.", text("1"), ""),
            ("a", "Number.int", text("x"), "to a number"),
            (
                &long,
                "String",
                text("1"),
                "Length of message attribute name must be less than 256 bytes.",
            ),
            ("a^*?", "String", text("1"), "Invalid non-alphanumeric character '#x5E' was found"),
            (
                ".abc",
                "String",
                text("1"),
                "Invalid message attribute name starting with character '.' was found.",
            ),
            (
                "abc.",
                "String",
                text("1"),
                "Invalid message attribute name ending with character '.' was found.",
            ),
            (
                "a..b",
                "String",
                text("1"),
                "Message attribute name can not have successive '.' character.",
            ),
        ] {
            let attribute = Attribute { data_type: kind.to_owned(), value };
            let told = check(name, &attribute).err().unwrap_or_default();
            assert_eq!(told.is_empty(), expected.is_empty(), "{name} {kind}: {told}");
            assert!(told.contains(expected), "{name} {kind}: {told}");
        }
    }
}
