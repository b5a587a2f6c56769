//! The macros that make a generated newtype complete.
//!
//! The generated code holds what differs, the name and the rules; what is alike for all stands here once.

/// Gives a newtype around `String` its constructor, conversions, and both directions of every wire form.
///
/// ```
/// /// What a product is called.
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub struct ProductName(String);
///
/// runtime::text_type!(ProductName, runtime::TextRules::new().min_length(1).max_length(8));
///
/// assert_eq!(ProductName::new("Phone").unwrap().as_str(), "Phone");
/// assert!(ProductName::new("").is_err());
/// ```
///
/// `sensitive` before the name makes a type whose text is only given out by `expose`: it is not displayed, and
/// `Debug`, which must not be derived, does not show it.
#[macro_export]
macro_rules! text_type {
    (sensitive $name:ident, $rules:expr $(, pattern = $pattern:literal)?) => {
        $crate::text_type!(@shared $name, true, $rules $(, $pattern)?);

        impl $name {
            /// The text, for where it must be used.
            #[must_use]
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        $crate::redacted_type!($name);
    };
    (@shared $name:ident, $secret:literal, $rules:expr $(, $pattern:literal)?) => {
        impl $name {
            fn rules() -> &'static $crate::TextRules {
                static RULES: $crate::TextRules = $rules$(.pattern({
                    static PATTERN: $crate::Pattern = $crate::Pattern::new($pattern);
                    &PATTERN
                }))?;
                &RULES
            }

            /// A text that meets the rules of the type.
            ///
            /// # Errors
            /// Every rule that the text breaks.
            pub fn new(
                text: impl ::std::convert::Into<::std::string::String>,
            ) -> ::std::result::Result<Self, $crate::Invalid> {
                $crate::rules::check_value(stringify!($name), Self::rules(), $secret, text.into())
                    .map(Self)
            }
        }

        impl ::std::convert::TryFrom<&str> for $name {
            type Error = $crate::Invalid;

            fn try_from(text: &str) -> ::std::result::Result<Self, $crate::Invalid> {
                Self::new(text)
            }
        }

        impl ::std::convert::TryFrom<::std::string::String> for $name {
            type Error = $crate::Invalid;

            fn try_from(
                text: ::std::string::String,
            ) -> ::std::result::Result<Self, $crate::Invalid> {
                Self::new(text)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::Invalid;

            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::Invalid> {
                Self::new(text)
            }
        }

        impl $crate::Decode for $name {
            fn decode(
                at: &$crate::At<'_>,
                out: &mut $crate::Violations,
            ) -> ::std::option::Option<Self> {
                let at = if $secret { at.secret() } else { *at };
                $crate::rules::decode_by(Self::rules(), &at, out).map(Self)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, out: &mut dyn $crate::Sink) {
                out.text(&self.0);
            }
        }
    };
    ($name:ident, $rules:expr $(, pattern = $pattern:literal)?) => {
        $crate::text_type!(@shared $name, false, $rules $(, $pattern)?);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

/// Gives a newtype around a number its constructor, conversions, and both directions of every wire form.
///
/// ```
/// /// How many pieces.
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub struct Quantity(i32);
///
/// runtime::number_type!(Quantity(i32), runtime::NumberRules::new().minimum("1"));
///
/// assert_eq!(Quantity::new(2).unwrap().get(), 2);
/// assert!(Quantity::new(0).is_err());
/// ```
///
/// `sensitive` before the name does what it does for [`text_type!`].
#[macro_export]
macro_rules! number_type {
    (sensitive $name:ident($kind:ty), $rules:expr) => {
        $crate::scalar_type!(@sensitive $name($kind), $crate::NumberRules, $rules);
    };
    ($name:ident($kind:ty), $rules:expr) => {
        $crate::scalar_type!(@open $name($kind), $crate::NumberRules, $rules);
    };
}

/// Gives a newtype around a time, a UUID or another scalar with a text form its constructor, conversions, and both
/// directions of every wire form; the rules are those of the text.
///
/// ```
/// use runtime::{Date, TextRules};
///
/// /// A day of this century.
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub struct Day(Date);
///
/// runtime::scalar_type!(Day(Date), TextRules::new(), pattern = "^20");
///
/// assert!(Day::new(Date::constant(2026, 11, 1)).is_ok());
/// assert!(Day::new(Date::constant(1999, 1, 1)).is_err());
/// ```
///
/// `sensitive` before the name does what it does for [`text_type!`].
#[macro_export]
macro_rules! scalar_type {
    (sensitive $name:ident($kind:ty), $rules:expr $(, pattern = $pattern:literal)?) => {
        $crate::scalar_type!(@sensitive $name($kind), $crate::TextRules, $rules $(, $pattern)?);
    };
    (@sensitive $name:ident($kind:ty), $rules_type:ty, $rules:expr $(, $pattern:literal)?) => {
        $crate::scalar_type!(@shared $name($kind), true, $rules_type, $rules $(, $pattern)?);

        impl $name {
            /// The value, for where it must be used.
            #[must_use]
            pub fn expose(&self) -> &$kind {
                &self.0
            }
        }

        $crate::redacted_type!($name);
    };
    (@shared $name:ident($kind:ty), $secret:literal, $rules_type:ty, $rules:expr $(, $pattern:literal)?) => {
        impl $name {
            fn rules() -> &'static $rules_type {
                static RULES: $rules_type = $rules$(.pattern({
                    static PATTERN: $crate::Pattern = $crate::Pattern::new($pattern);
                    &PATTERN
                }))?;
                &RULES
            }

            /// A value that meets the rules of the type.
            ///
            /// # Errors
            /// Every rule that the value breaks.
            pub fn new(value: $kind) -> ::std::result::Result<Self, $crate::Invalid> {
                $crate::rules::check_value(stringify!($name), Self::rules(), $secret, value).map(Self)
            }
        }

        impl ::std::convert::TryFrom<$kind> for $name {
            type Error = $crate::Invalid;

            fn try_from(value: $kind) -> ::std::result::Result<Self, $crate::Invalid> {
                Self::new(value)
            }
        }

        impl $crate::Decode for $name {
            fn decode(
                at: &$crate::At<'_>,
                out: &mut $crate::Violations,
            ) -> ::std::option::Option<Self> {
                let at = if $secret { at.secret() } else { *at };
                $crate::rules::decode_by(Self::rules(), &at, out).map(Self)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, out: &mut dyn $crate::Sink) {
                $crate::Encode::encode(&self.0, out);
            }
        }
    };
    (@open $name:ident($kind:ty), $rules_type:ty, $rules:expr $(, $pattern:literal)?) => {
        $crate::scalar_type!(@shared $name($kind), false, $rules_type, $rules $(, $pattern)?);

        impl $name {
            /// The value.
            #[must_use]
            pub fn get(&self) -> $kind {
                ::std::clone::Clone::clone(&self.0)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&$crate::to_text(self))
            }
        }

        impl ::std::convert::From<$name> for $kind {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
    ($name:ident($kind:ty), $rules:expr $(, pattern = $pattern:literal)?) => {
        $crate::scalar_type!(@open $name($kind), $crate::TextRules, $rules $(, $pattern)?);
    };
}

/// Gives an enum whose variants are texts its conversions, and both directions of every wire form.
///
/// ```
/// /// How the customer pays.
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub enum PaymentMethod {
///     /// `card`
///     Card,
///     /// `cash`
///     Cash,
/// }
///
/// runtime::enum_type!(PaymentMethod { Card = "card", Cash = "cash" });
///
/// assert_eq!(PaymentMethod::try_from("cash").unwrap(), PaymentMethod::Cash);
/// assert_eq!(PaymentMethod::Card.as_str(), "card");
/// ```
///
/// `sensitive` before the name does what it does for [`text_type!`].
#[macro_export]
macro_rules! enum_type {
    (sensitive $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $crate::enum_type!(@shared $name, true, expose, $($variant = $text),*);
        $crate::redacted_type!($name);
    };
    (@shared $name:ident, $secret:literal, $as_str:ident, $($variant:ident = $text:literal),*) => {
        impl $name {
            /// Every value with its text, in the order of the contract.
            pub const ALL: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),*];

            /// The value as the contract writes it.
            #[must_use]
            pub const fn $as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl ::std::convert::TryFrom<&str> for $name {
            type Error = $crate::Invalid;

            fn try_from(text: &str) -> ::std::result::Result<Self, $crate::Invalid> {
                $crate::rules::decode_value(stringify!($name), text)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::Invalid;

            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::Invalid> {
                Self::try_from(text)
            }
        }

        impl $crate::Decode for $name {
            fn decode(
                at: &$crate::At<'_>,
                out: &mut $crate::Violations,
            ) -> ::std::option::Option<Self> {
                let at = if $secret { at.secret() } else { *at };
                $crate::decode_enum(&at, Self::ALL, out)
            }
        }

        impl $crate::Encode for $name {
            fn encode(&self, out: &mut dyn $crate::Sink) {
                out.text(self.$as_str());
            }
        }
    };
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $crate::enum_type!(@shared $name, false, as_str, $($variant = $text),*);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// Gives a type a `Debug` that keeps its value to itself.
#[macro_export]
macro_rules! redacted_type {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(<redacted>)"))
            }
        }
    };
}
