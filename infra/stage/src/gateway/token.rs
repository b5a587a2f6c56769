//! What tokens say of their callers: those of Amazon Cognito, and those of any issuer. Pure data that is told the time.
//!
//! Whether the stage's own issuer signed a token is known before.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::authorize::Caller;
use super::error::{Challenge, Rejection};

/// What a token of Amazon Cognito says, when it is one of these pools' and its time is not over.
pub(super) fn cognito(
    claims: Map<String, Value>,
    pools: &[String],
    scopes: &[String],
    now: Timestamp,
) -> Option<Caller> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let is_issuer = |pool: &String| {
        let Some((_, id)) = pool.split_once(":userpool/") else { return false };
        let region = pool.split(':').nth(3).unwrap_or_default();
        text("iss") == Some(&format!("https://cognito-idp.{region}.amazonaws.com/{id}"))
    };
    let expires = claims.get("exp").and_then(Value::as_i64)?;
    if !pools.iter().any(is_issuer) || expires <= now.as_second() {
        return None;
    }
    let granted: Vec<&str> = text("scope").unwrap_or_default().split(' ').collect();
    let fits = match scopes {
        // Without scopes an identity token is asked for, with them an access token.
        [] => text("token_use") == Some("id"),
        scopes => {
            text("token_use") == Some("access")
                && scopes.iter().any(|one| granted.contains(&one.as_str()))
        }
    };
    let told = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let claims: Map<String, Value> =
        claims.iter().map(|(name, value)| (name.clone(), told(value).into())).collect();
    let authorizer = [("claims".to_owned(), Value::Object(claims))].into_iter().collect();
    fits.then(|| Caller { authorizer: Some(authorizer), ..Caller::default() })
}

/// What a token of an issuer says, when it is for one of these audiences and its time is not over.
///
/// # Errors
/// Why the token does not count, or that it has none of the scopes.
pub(super) fn jwt(
    claims: Map<String, Value>,
    issuer: &str,
    audiences: &[String],
    scopes: &[String],
    now: Timestamp,
) -> Result<Caller, Rejection> {
    let texts = |name: &str| -> Vec<String> {
        match claims.get(name) {
            Some(Value::String(text)) => text.split(' ').map(str::to_owned).collect(),
            Some(Value::Array(all)) => {
                all.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    };
    let is_time = |name: &str| claims.get(name).and_then(Value::as_f64);
    let now = now.as_second() as f64;
    // `client_id` counts only where there is no `aud`.
    let named = if claims.contains_key("aud") { "aud" } else { "client_id" };
    let is_for = audiences.is_empty() || texts(named).iter().any(|one| audiences.contains(one));
    let granted: Vec<String> = texts("scope").into_iter().chain(texts("scp")).collect();
    let lacks_scope = !scopes.is_empty() && !scopes.iter().any(|one| granted.contains(one));
    let why = match is_time("exp") {
        _ if claims.get("iss").and_then(Value::as_str) != Some(issuer) => {
            Some("the token does not have a valid issuer")
        }
        _ if !is_for => Some("the token does not have a valid audience"),
        None => Some("the token does not have a valid exp"),
        Some(end) if end <= now => Some("the token has expired"),
        _ if ["nbf", "iat"].iter().any(|name| is_time(name).is_some_and(|begin| begin > now)) => {
            Some("the token is not valid yet")
        }
        _ => None,
    };
    if why.is_some() || lacks_scope {
        return Err(Rejection::BadToken(Challenge {
            scopes: scopes.to_vec(),
            lacks_scope: why.is_none(),
            why: why.or(Some("the token does not have a required scope")),
        }));
    }
    let told = |value: &Value| match value {
        Value::String(text) => text.clone(),
        // As API Gateway writes lists: `[a b]`.
        Value::Array(all) => {
            let all: Vec<String> =
                all.iter().map(|one| one.as_str().map_or(one.to_string(), str::to_owned)).collect();
            format!("[{}]", all.join(" "))
        }
        other => other.to_string(),
    };
    let told: Map<String, Value> =
        claims.iter().map(|(name, value)| (name.clone(), told(value).into())).collect();
    let scopes = if scopes.is_empty() { Value::Null } else { granted.into() };
    let authorizer = [("claims".to_owned(), told.into()), ("scopes".to_owned(), scopes)];
    Ok(Caller { authorizer: Some(authorizer.into_iter().collect()), ..Caller::default() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    #[test]
    fn tokens_of_a_pool_need_its_issuer_and_a_scope() {
        let pools = ["arn:aws:cognito-idp:eu-central-1:0:userpool/eu-central-1_Ab".to_owned()];
        let iss = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab";
        let now = Timestamp::from_second(100).unwrap();
        let is_let_in = |claims: Value, scopes: &[String]| {
            cognito(claims.as_object().unwrap().clone(), &pools, scopes, now).is_some()
        };
        let scopes = ["read".to_owned()];
        assert!(is_let_in(json!({"iss": iss, "exp": 101, "token_use": "id"}), &[]));
        assert!(is_let_in(
            json!({"iss": iss, "exp": 101, "token_use": "access", "scope": "x read"}),
            &scopes
        ));
        assert!(!is_let_in(
            json!({"iss": iss, "exp": 101, "token_use": "access", "scope": "x"}),
            &scopes
        ));
        assert!(!is_let_in(json!({"iss": iss, "exp": 100, "token_use": "id"}), &[]));
        assert!(!is_let_in(json!({"iss": "https://other", "exp": 101, "token_use": "id"}), &[]));
    }

    #[test]
    fn a_token_that_does_not_count_says_why() {
        let now = Timestamp::from_second(100).unwrap();
        let scopes = ["read".to_owned(), "write".to_owned()];
        let challenge = |claims: Value| {
            let claims = claims.as_object().unwrap().clone();
            match jwt(claims, "https://me", &["shop".to_owned()], &scopes, now) {
                Err(Rejection::BadToken(challenge)) => challenge.header(),
                other => panic!("{other:?}"),
            }
        };
        let invalid = |why: &str| {
            format!(
                "Bearer scope=\"read write\" error=\"invalid_token\" error_description=\"{why}\""
            )
        };
        for (claims, why) in [
            (
                json!({"iss": "https://you", "aud": "shop", "exp": 101}),
                "the token does not have a valid issuer",
            ),
            (
                json!({"iss": "https://me", "aud": "x", "client_id": "shop", "exp": 101}),
                "the token does not have a valid audience",
            ),
            (json!({"iss": "https://me", "aud": ["shop"], "exp": 100}), "the token has expired"),
            (
                json!({"iss": "https://me", "client_id": "shop"}),
                "the token does not have a valid exp",
            ),
            (
                json!({"iss": "https://me", "aud": "shop", "exp": 101, "nbf": 101}),
                "the token is not valid yet",
            ),
            (
                json!({"iss": "https://me", "aud": "shop", "exp": 102, "iat": 101}),
                "the token is not valid yet",
            ),
        ] {
            assert_eq!(challenge(claims), invalid(why));
        }
        let told = challenge(json!({"iss": "https://me", "aud": "shop", "exp": 101, "scope": "a"}));
        assert!(told.contains("error=\"insufficient_scope\""), "{told}");
    }
}
