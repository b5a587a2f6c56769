//! Names of what should not be seen by everybody.

use super::naming::words;

/// Secrets: anyone who knows one can act as somebody else.
const SECRET: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "access token",
    "refresh token",
    "api key",
    "apikey",
    "private key",
    "credential",
    "credentials",
    "pin",
    "cvv",
    "cvc",
    "otp",
];

/// What belongs to a person.
const PERSONAL: &[&str] = &[
    "email",
    "e mail",
    "mail address",
    "phone",
    "phone number",
    "mobile",
    "address",
    "street",
    "ssn",
    "social security number",
    "tax id",
    "passport",
    "passport number",
    "iban",
    "account number",
    "card",
    "card number",
    "card info",
    "credit card",
    "birth date",
    "birthday",
    "date of birth",
    "date birth",
    "salary",
    "fingerprint id",
];

/// Last words that make a name one of something about the thing, and not the thing: `tokenType`.
const ABOUT: &[&str] = &[
    "type", "kind", "count", "id", "ids", "at", "expires", "expiry", "length", "policy", "url",
    "uri", "status", "verified", "valid", "enabled", "required", "format", "hint", "limit", "ttl",
];

/// Words that make a name one of a place on a network or in a program, or of a page.
const ELSEWHERE: &[&str] = &[
    "ip",
    "mac",
    "host",
    "server",
    "web",
    "page",
    "next",
    "memory",
    "skip",
    "cursor",
    "start",
    "marker",
    "after",
    "before",
    "continuation",
    "sync",
];

/// Whether a name is one of a secret.
pub(super) fn is_secret(name: &str) -> bool {
    is_among(name, SECRET)
}

/// Whether a name is one of something that belongs to a person.
pub(super) fn is_personal(name: &str) -> bool {
    is_among(name, PERSONAL)
}

fn is_among(name: &str, known: &[&str]) -> bool {
    let words = words(name);
    let Some(last) = words.last() else { return false };
    if ABOUT.contains(&last.as_str()) || words.iter().any(|word| ELSEWHERE.contains(&word.as_str()))
    {
        // `id` ends names that are known as a whole: `taxId`.
        return known.contains(&words.join(" ").as_str());
    }
    (1..=words.len().min(3)).any(|n| known.contains(&words[words.len() - n..].join(" ").as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_they_are_of() {
        for name in ["password", "userPassword", "API-Key", "refresh_token", "pin", "clientSecret"]
        {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "email",
            "contactEmail",
            "phoneNumber",
            "dateOfBirth",
            "shippingAddress",
            "iban",
            "taxId",
        ] {
            assert!(is_personal(name), "{name}");
        }
        for name in [
            "tokenType",
            "nextToken",
            "$skipToken",
            "ipAddress",
            "pinned",
            "emailVerified",
            "cardId",
            "name",
            "",
            "secretary",
        ] {
            assert!(!is_secret(name) && !is_personal(name), "{name}");
        }
    }
}
