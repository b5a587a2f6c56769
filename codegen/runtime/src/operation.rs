//! Operations: from a request to a response, with what all of them have in common.

use crate::{Access, Context, Parts, Preconditions, Problem, Reply, Request};

/// The input of an operation: how it is read, and how its output becomes a response. Implemented by generated code.
pub trait Operation: Sized {
    /// The output of the operation when it succeeds.
    type Output;
    /// The errors of the operation.
    type Error: Into<Reply>;

    /// The security requirements.
    const ACCESS: &'static Access = &[];
    /// The authentication challenge for an anonymous caller (RFC 9110, section 11.6.1); empty where there is none.
    const CHALLENGE: &'static str = "";
    /// The status of the response to a request that violates the contract.
    const INVALID: u16 = 400;
    /// The status of the response to a body of an unsupported media type.
    const UNSUPPORTED: u16 = 415;

    /// What the operation is to the preconditions of a request; `None` where a business rule answers for them.
    const PRECONDITIONS: Option<Preconditions> = None;

    /// Reads all parts of a request; returns the input if all are valid.
    fn read(parts: &mut Parts<'_>) -> Option<Self>;

    /// Whose item the request is about (`x-owner`); `None` where the contract declares no owner.
    fn owner(&self) -> Option<Owned> {
        None
    }

    /// Creates the response from the output.
    fn reply(output: Self::Output) -> Reply;
}

/// Whose item a request is about, and who may use it (`x-owner`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    /// The claim that identifies the caller.
    pub claim: &'static str,
    /// The scope with which a caller may use the items of every owner.
    pub unless: Option<&'static str>,
    /// The owner; `None` where the request is about the items of every owner.
    pub owner: Option<String>,
}

/// Handles a request: checks the caller, reads the input, runs the operation, and creates the response.
pub async fn handle<I, F>(cx: &Context, request: &Request, run: impl FnOnce(I) -> F) -> Reply
where
    I: Operation,
    F: Future<Output = Result<I::Output, I::Error>>,
{
    match admit::<I>(cx, request) {
        Ok(input) => match run(input).await {
            Ok(output) => I::reply(output).unless_known(request),
            Err(error) => refused::<I>(error),
        },
        Err(reply) => reply,
    }
}

/// The reply to an operation that failed.
pub(crate) fn refused<I: Operation>(error: I::Error) -> Reply {
    let reply: Reply = error.into();
    reply.invalid_as(I::INVALID)
}

/// The input of a request that is allowed and valid; otherwise the error response.
pub(crate) fn admit<I: Operation>(cx: &Context, request: &Request) -> Result<I, Reply> {
    if let Err(denied) = cx.caller.check(I::ACCESS) {
        return Err(denied.reply(I::CHALLENGE));
    }
    let mut parts = Parts::of(request);
    let input = I::read(&mut parts);
    let input = parts.finish(input).map_err(|problem| {
        let status = match problem.status {
            400 => I::INVALID,
            415 => I::UNSUPPORTED,
            other => other,
        };
        Reply::refusal(problem.with_status(status))
    })?;
    let owned = input.owner();
    if !owned.is_none_or(|one| cx.caller.owns(one.claim, one.unless, one.owner)) {
        return Err(Reply::refusal(Problem::new(403, "the item belongs to another owner")));
    }
    match I::PRECONDITIONS.and_then(|preconditions| preconditions.failed(request)) {
        Some(problem) => Err(Reply::refusal(problem)),
        None => Ok(input),
    }
}

impl Problem {
    /// The reply with a status, as one of the answers that a contract declares.
    #[must_use]
    pub fn reply(self, status: u16) -> Reply {
        Reply::problem(self.with_status(status))
    }
}

/// Implements what the error enums of operations have in common: by `?` any other error becomes `Unexpected`, and each
/// variant becomes the reply that the contract declares.
///
/// A variant stands with what it holds: `empty(404)` nothing, `problem(400)` a problem document, `json(409,
/// "application/json")`, `text(…)` and `bytes(…)` a body, `body(409)` one of several bodies, `answer` a struct,
/// `open_problem` a problem document whose own status is the answer's.
#[macro_export]
macro_rules! error_type {
    ($name:ident $(, $($variants:tt)*)?) => {
        impl<E: Into<$crate::Failure>> From<E> for $name {
            fn from(error: E) -> Self {
                Self::Unexpected(error.into())
            }
        }

        impl From<$name> for $crate::Reply {
            fn from(error: $name) -> Self {
                $crate::error_arms!($name error [] $($($variants)*)?)
            }
        }
    };
}

/// The arms of [`error_type!`], one after the other.
#[doc(hidden)]
#[macro_export]
macro_rules! error_arms {
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = empty($status:expr) $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant => $crate::Reply::empty($status),] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = problem($status:expr) $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant(problem) => problem.reply($status),] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = json($($all:expr),*) $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant(body) => $crate::Reply::json($($all),*, &body),] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = any_json($status:expr, &[$first:expr $(, $also:expr)*]) $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant(body) => {
                $crate::Reply::json($status, $first, &body).also(&[$($also),*])
            }] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = open_problem $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant(problem) => $crate::Reply::problem(problem),] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = text($($all:expr),*) $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant(body) => $crate::Reply::text($($all),*, &body),] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = bytes($($all:expr),*) $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant(body) => $crate::Reply::bytes($($all),*, &body),] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = file($status:expr) $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant(file) => $crate::Reply::file($status, &file),] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = body($status:expr) $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant(body) => body.reply($status),] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*] $variant:ident = answer $(, $($rest:tt)*)?) => {
        $crate::error_arms!($name $error
            [$($arms)* $name::$variant(answer) => answer.into(),] $($($rest)*)?)
    };
    ($name:ident $error:ident [$($arms:tt)*]) => {
        match $error {
            $($arms)*
            $name::Unexpected(failure) => $crate::Reply::failed(failure),
        }
    };
}
