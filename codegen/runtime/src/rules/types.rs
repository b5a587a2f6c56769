//! The types of constrained scalars: generic, so that a contract's own part of each is no more than its rules.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use super::{Rules, TextRules, check_value, decode_by};
use crate::value::DecimalString;
use crate::{
    At, Bytes, Date, Decimal, Decode, Encode, Invalid, Sink, Timestamp, Uuid, Violations, to_text,
};

/// What a contract calls a text and demands of it; see [`text_rules!`](crate::text_rules).
pub trait TextType: 'static {
    /// The name of the type.
    const NAME: &'static str;

    /// The rules that constants express.
    const RULES: TextRules;

    /// All rules.
    fn rules() -> TextRules {
        Self::RULES
    }
}

/// What a contract calls a scalar that is no text and demands of it; see [`number_rules!`](crate::number_rules) and
/// [`scalar_rules!`](crate::scalar_rules).
pub trait ScalarType: 'static {
    /// What the scalar is without the rules.
    type Value: Clone + Decode + Encode;

    /// What rules there can be.
    type Rules: Rules<Self::Value>;

    /// The name of the type.
    const NAME: &'static str;

    /// The rules that constants express.
    const RULES: Self::Rules;

    /// All rules.
    fn rules() -> Self::Rules {
        Self::RULES
    }
}

/// A scalar of which the contract allows one value only.
pub trait OnlyValue: ScalarType {
    /// The value.
    const VALUE: Self::Value;
}

/// A text that meets the rules of `K`.
///
/// ```
/// mod rules {
///     runtime::text_rules!(ProductName, runtime::TextRules::new().min_length(1).max_length(8));
/// }
///
/// /// What a product is called.
/// pub type ProductName = runtime::Text<rules::ProductName>;
///
/// let name = ProductName::new("Phone").unwrap();
/// assert_eq!(name.as_str(), "Phone");
/// assert!(name.starts_with('P'), "it has the methods of `str`");
/// assert_eq!(Some(name).as_deref(), Some("Phone"));
/// assert!(ProductName::new("").is_err());
/// ```
pub struct Text<K>(String, std::marker::PhantomData<K>);

/// A number, a time, a UUID or another scalar that meets the rules of `K`.
///
/// ```
/// mod rules {
///     runtime::number_rules!(Quantity(i32), runtime::NumberRules::new().minimum("1"));
/// }
///
/// /// How many pieces.
/// pub type Quantity = runtime::Scalar<rules::Quantity>;
///
/// assert_eq!(Quantity::new(2).unwrap().get(), 2);
/// assert!(Quantity::new(0).is_err());
/// ```
pub struct Scalar<K: ScalarType>(K::Value);

/// A constrained scalar that a contract marks `x-sensitive`: its value is only given out by `expose`, `Debug` does not
/// show it, and it has no `Display`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Redacted<T>(T);

impl<K: TextType> Text<K> {
    /// A text that meets the rules of the type.
    ///
    /// # Errors
    /// Every rule that the text breaks.
    pub fn new(text: impl Into<String>) -> Result<Self, Invalid> {
        Self::checked(text.into(), false)
    }

    fn checked(text: String, is_secret: bool) -> Result<Self, Invalid> {
        check_value(K::NAME, &K::rules(), is_secret, text).map(Self::of)
    }
}

impl<K> Text<K> {
    fn of(text: String) -> Self {
        Self(text, std::marker::PhantomData)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<K: ScalarType> Scalar<K> {
    /// A value that meets the rules of the type.
    ///
    /// # Errors
    /// Every rule that the value breaks.
    pub fn new(value: K::Value) -> Result<Self, Invalid> {
        Self::checked(value, false)
    }

    fn checked(value: K::Value, is_secret: bool) -> Result<Self, Invalid> {
        check_value(K::NAME, &K::rules(), is_secret, value).map(Self)
    }

    /// The value.
    #[must_use]
    pub fn get(&self) -> K::Value {
        self.0.clone()
    }
}

impl<K: OnlyValue> Scalar<K> {
    /// The only value.
    pub const VALUE: Self = Self(K::VALUE);
}

impl<K: TextType> Redacted<Text<K>> {
    /// A text that meets the rules of the type.
    ///
    /// # Errors
    /// Every rule that the text breaks; they do not show it.
    pub fn new(text: impl Into<String>) -> Result<Self, Invalid> {
        Text::checked(text.into(), true).map(Self)
    }

    /// The text, for where it must be used.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }
}

impl<K: ScalarType> Redacted<Scalar<K>> {
    /// A value that meets the rules of the type.
    ///
    /// # Errors
    /// Every rule that the value breaks; they do not show it.
    pub fn new(value: K::Value) -> Result<Self, Invalid> {
        Scalar::checked(value, true).map(Self)
    }

    /// The value, for where it must be used.
    #[must_use]
    pub fn expose(&self) -> &K::Value {
        &self.0.0
    }
}

impl<K: OnlyValue> Redacted<Scalar<K>> {
    /// The only value.
    pub const VALUE: Self = Self(Scalar::VALUE);
}

impl<K: TextType> Decode for Text<K> {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        decode_by(&K::rules(), at, out).map(Self::of)
    }
}

impl<K: TextType> Encode for Text<K> {
    fn encode(&self, out: &mut dyn Sink) {
        out.text(&self.0);
    }
}

impl<K: ScalarType> Decode for Scalar<K> {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        decode_by(&K::rules(), at, out).map(Self)
    }
}

impl<K: ScalarType> Encode for Scalar<K> {
    fn encode(&self, out: &mut dyn Sink) {
        self.0.encode(out);
    }
}

impl<T: Decode> Decode for Redacted<T> {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        T::decode(&at.secret(), out).map(Self)
    }
}

impl<T: Encode> Encode for Redacted<T> {
    fn encode(&self, out: &mut dyn Sink) {
        self.0.encode(out);
    }
}

/// Conversions from texts, by `new`.
macro_rules! from_text {
    ($($text:ty),*) => {
        $(impl<K: TextType> TryFrom<&str> for $text {
            type Error = Invalid;

            fn try_from(text: &str) -> Result<Self, Invalid> {
                Self::new(text)
            }
        }

        impl<K: TextType> TryFrom<String> for $text {
            type Error = Invalid;

            fn try_from(text: String) -> Result<Self, Invalid> {
                Self::new(text)
            }
        }

        impl<K: TextType> FromStr for $text {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                Self::new(text)
            }
        })*
    };
}

from_text!(Text<K>, Redacted<Text<K>>);

/// Conversions from and to the values of scalars.
macro_rules! from_values {
    ($($value:ty),*) => {
        $(impl<K: ScalarType<Value = $value>> TryFrom<$value> for Scalar<K> {
            type Error = Invalid;

            fn try_from(value: $value) -> Result<Self, Invalid> {
                Self::new(value)
            }
        }

        impl<K: ScalarType<Value = $value>> TryFrom<$value> for Redacted<Scalar<K>> {
            type Error = Invalid;

            fn try_from(value: $value) -> Result<Self, Invalid> {
                Self::new(value)
            }
        }

        impl<K: ScalarType<Value = $value>> From<Scalar<K>> for $value {
            fn from(value: Scalar<K>) -> Self {
                value.0
            }
        })*
    };
}

from_values!(bool, i32, i64, i128, f64, Decimal, DecimalString, Uuid, Timestamp, Date, Bytes);

impl<K> From<Text<K>> for String {
    fn from(text: Text<K>) -> Self {
        text.0
    }
}

impl<K> Deref for Text<K> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<K> AsRef<str> for Text<K> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<K> fmt::Display for Text<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<K: ScalarType> fmt::Display for Scalar<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_text(self))
    }
}

impl<K: TextType> fmt::Debug for Text<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple(K::NAME).field(&self.0).finish()
    }
}

impl<K: ScalarType<Value: fmt::Debug>> fmt::Debug for Scalar<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple(K::NAME).field(&self.0).finish()
    }
}

impl<K: TextType> fmt::Debug for Redacted<Text<K>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(<redacted>)", K::NAME)
    }
}

impl<K: ScalarType> fmt::Debug for Redacted<Scalar<K>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(<redacted>)", K::NAME)
    }
}

// Derived, these would ask of `K` what only the value must be able to do.

impl<K> Clone for Text<K> {
    fn clone(&self) -> Self {
        Self::of(self.0.clone())
    }
}

impl<K> PartialEq for Text<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Eq for Text<K> {}

impl<K> PartialOrd for Text<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Text<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K> Hash for Text<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K: ScalarType> Clone for Scalar<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K: ScalarType<Value: Copy>> Copy for Scalar<K> {}

impl<K: ScalarType<Value: PartialEq>> PartialEq for Scalar<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K: ScalarType<Value: Eq>> Eq for Scalar<K> {}

impl<K: ScalarType<Value: PartialOrd>> PartialOrd for Scalar<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

impl<K: ScalarType<Value: Ord>> Ord for Scalar<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K: ScalarType<Value: Hash>> Hash for Scalar<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// Makes the rules of a [`Text`](crate::Text).
///
/// ```
/// mod rules {
///     runtime::text_rules!(Color, runtime::TextRules::new().max_length(20), pattern = "^[a-z]+$");
/// }
///
/// assert!(runtime::Text::<rules::Color>::new("black").is_ok());
/// assert!(runtime::Text::<rules::Color>::new("#000").is_err());
/// ```
#[macro_export]
macro_rules! text_rules {
    ($name:ident, $rules:expr $(, pattern = $pattern:literal)?) => {
        pub enum $name {}

        impl $crate::rules::TextType for $name {
            const NAME: &'static str = stringify!($name);
            const RULES: $crate::TextRules = $rules;
            $($crate::pattern_rules!($pattern);)?
        }
    };
}

/// Makes the rules of a [`Scalar`](crate::Scalar) that is a number: `Quantity(i32)`. One that allows a single value
/// names it: `only = 1`.
#[macro_export]
macro_rules! number_rules {
    ($name:ident($kind:ty), $rules:expr $(, only = $only:expr)?) => {
        pub enum $name {}

        impl $crate::rules::ScalarType for $name {
            type Value = $kind;
            type Rules = $crate::NumberRules;
            const NAME: &'static str = stringify!($name);
            const RULES: $crate::NumberRules = $rules;
        }

        $(impl $crate::rules::OnlyValue for $name {
            const VALUE: $kind = $only;
        })?
    };
}

/// Makes the rules of a [`Scalar`](crate::Scalar) that has a text form, which they are about.
///
/// ```
/// use runtime::Date;
///
/// mod rules {
///     runtime::scalar_rules!(Day(runtime::Date), runtime::TextRules::new(), pattern = "^20");
/// }
///
/// /// A day of this century.
/// pub type Day = runtime::Scalar<rules::Day>;
///
/// assert!(Day::new(Date::constant(2026, 11, 1)).is_ok());
/// assert!(Day::new(Date::constant(1999, 1, 1)).is_err());
/// ```
#[macro_export]
macro_rules! scalar_rules {
    ($name:ident($kind:ty), $rules:expr $(, pattern = $pattern:literal)?) => {
        pub enum $name {}

        impl $crate::rules::ScalarType for $name {
            type Value = $kind;
            type Rules = $crate::TextRules;
            const NAME: &'static str = stringify!($name);
            const RULES: $crate::TextRules = $rules;
            $($crate::pattern_rules!($pattern);)?
        }
    };
}

/// The rules of constants, and a pattern.
#[doc(hidden)]
#[macro_export]
macro_rules! pattern_rules {
    ($pattern:literal) => {
        fn rules() -> $crate::TextRules {
            static PATTERN: $crate::Pattern = $crate::Pattern::new($pattern);
            Self::RULES.pattern(&PATTERN)
        }
    };
}
