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

/// How keys begin that a service issues, and how long they are at least.
const ISSUED: [(&str, usize); 15] = [
    ("AKIA", 20),
    ("ASIA", 20),
    ("ghp_", 20),
    ("gho_", 20),
    ("ghs_", 20),
    ("github_pat_", 20),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("sk_live_", 16),
    ("sk_test_", 16),
    ("rk_live_", 16),
    ("AIza", 30),
    ("SG.", 30),
    ("npm_", 30),
];

/// Whether a text is, or contains, what nobody else may know: a key that a service issued, a signed token, a private key, or
/// credentials in a URL.
pub(super) fn has_secret(text: &str) -> bool {
    let is_issued = ISSUED.iter().any(|(start, least)| {
        let is_key = |char: char| char.is_ascii_alphanumeric() || "_-.".contains(char);
        text.len() >= *least && text.starts_with(start) && text.chars().all(is_key)
    });
    let is_token = text.starts_with("eyJ") && text.split('.').count() == 3;
    let is_key = text.contains("PRIVATE KEY-----");
    is_issued || is_token || is_key || has_credentials(text)
}

/// Whether a URL contains a password, or a secret among its parameters.
fn has_credentials(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = place.split('/').next().unwrap_or_default();
    let user = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
    let is_given = |value: &str| !value.is_empty() && !value.contains(['$', '{']);
    let parameters = query.split('&').filter_map(|one| one.split_once('='));
    user.is_some_and(|(_, password)| is_given(password))
        || parameters.into_iter().any(|(name, value)| is_secret(name) && is_given(value))
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
    fn secrets_are_known_by_their_form() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "https://user:hunter2@db.example.com/shop",
            "https://rates.example.com/v1?api_key=3f9a0c1d",
            "-----BEGIN PRIVATE KEY-----",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N",
        ] {
            assert!(has_secret(text), "{text}");
        }
        for text in [
            "https://user@db.example.com",
            "https://rates.example.com?pageToken=3",
            "https://rates.example.com?token={token}",
            "AKIA",
            "skip_live_tests_everywhere",
            "shop/db",
        ] {
            assert!(!has_secret(text), "{text}");
        }
    }

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
