// @generated from the contracts in spec/; edits are overwritten.

//! `Exact`, an object in the contracts.

use std::collections::BTreeMap;

use runtime::{At, Decimal, Decode, Encode, Json, Sink, Timestamp, Violations};

use super::{
    ExactBlank, ExactBoth, ExactEmail, ExactFar, ExactFloat, ExactGreek, ExactHost,
    ExactInt8, ExactLine, ExactPassword, ExactStep, ExactTemplate, ExactText, ExactTwice,
    ExactUint32, ExactUint64, ExactWide, ExactWord, SCHEMAS,
};

/// Scalars of which every digit counts.
///
/// - **Source** `spec/shop/openapi.yaml#/components/schemas/Exact`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exact {
    /// An integer of at most 38 digits.
    pub integer: Option<i128>,
    pub far: Option<ExactFar>,
    /// A 64-bit integer.
    pub int64: Option<i64>,
    pub uint64: Option<ExactUint64>,
    pub uint32: Option<ExactUint32>,
    pub int8: Option<ExactInt8>,
    pub both: Option<ExactBoth>,
    pub float: Option<ExactFloat>,
    /// A double-precision number.
    pub double: Option<f64>,
    pub step: Option<ExactStep>,
    pub wide: Option<ExactWide>,
    /// An exact decimal number.
    pub decimal: Option<Decimal>,
    pub text: Option<ExactText>,
    /// A date and time (RFC 3339).
    pub time: Option<Timestamp>,
    /// Any JSON.
    pub any: Option<Json>,
    pub password: Option<ExactPassword>,
    pub twice: Option<ExactTwice>,
    pub blank: Option<ExactBlank>,
    pub line: Option<ExactLine>,
    pub word: Option<ExactWord>,
    pub greek: Option<ExactGreek>,
    pub email: Option<ExactEmail>,
    pub host: Option<ExactHost>,
    pub template: Option<ExactTemplate>,
    /// Additional properties.
    pub others: BTreeMap<String, Json>,
}

const PROPERTIES: &[&str] = &[
    "integer",
    "far",
    "int64",
    "uint64",
    "uint32",
    "int8",
    "both",
    "float",
    "double",
    "step",
    "wide",
    "decimal",
    "text",
    "time",
    "any",
    "password",
    "twice",
    "blank",
    "line",
    "word",
    "greek",
    "email",
    "host",
    "template",
];

impl Decode for Exact {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
        let mut object = at.object(out)?;
        let integer = object.optional("integer");
        let far = object.optional("far");
        let int64 = object.optional("int64");
        let uint64 = object.optional("uint64");
        let uint32 = object.optional("uint32");
        let int8 = object.optional("int8");
        let both = object
            .optional_as(
                "both",
                runtime::checked(&SCHEMAS, "ExactBoth", Decode::decode),
            );
        let float = object.optional("float");
        let double = object.optional("double");
        let step = object.optional("step");
        let wide = object.optional("wide");
        let decimal = object.optional("decimal");
        let text = object.optional("text");
        let time = object.optional("time");
        let any = object.optional("any");
        let password = object.optional("password");
        let twice = object.optional("twice");
        let blank = object.optional("blank");
        let line = object.optional("line");
        let word = object.optional("word");
        let greek = object.optional("greek");
        let email = object.optional("email");
        let host = object.optional("host");
        let template = object.optional("template");
        let others = object.others(PROPERTIES);
        Some(Self {
            integer: integer?,
            far: far?,
            int64: int64?,
            uint64: uint64?,
            uint32: uint32?,
            int8: int8?,
            both: both?,
            float: float?,
            double: double?,
            step: step?,
            wide: wide?,
            decimal: decimal?,
            text: text?,
            time: time?,
            any: any?,
            password: password?,
            twice: twice?,
            blank: blank?,
            line: line?,
            word: word?,
            greek: greek?,
            email: email?,
            host: host?,
            template: template?,
            others: others?,
        })
    }
}

impl Encode for Exact {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.optional("integer", &self.integer);
        out.optional("far", &self.far);
        out.optional("int64", &self.int64);
        out.optional("uint64", &self.uint64);
        out.optional("uint32", &self.uint32);
        out.optional("int8", &self.int8);
        out.optional("both", &self.both);
        out.optional("float", &self.float);
        out.optional("double", &self.double);
        out.optional("step", &self.step);
        out.optional("wide", &self.wide);
        out.optional("decimal", &self.decimal);
        out.optional("text", &self.text);
        out.optional("time", &self.time);
        out.optional("any", &self.any);
        out.optional("password", &self.password);
        out.optional("twice", &self.twice);
        out.optional("blank", &self.blank);
        out.optional("line", &self.line);
        out.optional("word", &self.word);
        out.optional("greek", &self.greek);
        out.optional("email", &self.email);
        out.optional("host", &self.host);
        out.optional("template", &self.template);
        out.others(&self.others, PROPERTIES);
        out.end_map();
    }
}
