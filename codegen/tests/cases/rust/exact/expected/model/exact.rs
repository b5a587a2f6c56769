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
    /// `integer`
    ///
    /// - **Shape** an integer of at most 38 digits
    pub integer: Option<i128>,
    /// `far`
    pub far: Option<ExactFar>,
    /// `int64`
    ///
    /// - **Shape** an integer of 64 bits
    pub int64: Option<i64>,
    /// `uint64`
    pub uint64: Option<ExactUint64>,
    /// `uint32`
    pub uint32: Option<ExactUint32>,
    /// `int8`
    pub int8: Option<ExactInt8>,
    /// `both`
    pub both: Option<ExactBoth>,
    /// `float`
    pub float: Option<ExactFloat>,
    /// `double`
    ///
    /// - **Shape** a number of double precision
    pub double: Option<f64>,
    /// `step`
    pub step: Option<ExactStep>,
    /// `wide`
    pub wide: Option<ExactWide>,
    /// `decimal`
    ///
    /// - **Shape** an exact decimal number
    pub decimal: Option<Decimal>,
    /// `text`
    pub text: Option<ExactText>,
    /// `time`
    ///
    /// - **Shape** a date and time (RFC 3339)
    pub time: Option<Timestamp>,
    /// `any`
    ///
    /// - **Shape** any JSON
    pub any: Option<Json>,
    /// `password`
    pub password: Option<ExactPassword>,
    /// `twice`
    pub twice: Option<ExactTwice>,
    /// `blank`
    pub blank: Option<ExactBlank>,
    /// `line`
    pub line: Option<ExactLine>,
    /// `word`
    pub word: Option<ExactWord>,
    /// `greek`
    pub greek: Option<ExactGreek>,
    /// `email`
    pub email: Option<ExactEmail>,
    /// `host`
    pub host: Option<ExactHost>,
    /// `template`
    pub template: Option<ExactTemplate>,
    /// Properties that the contract does not name.
    pub others: BTreeMap<String, Json>,
}

impl Decode for Exact {
    fn decode(at: &At<'_>, out: &mut Violations) -> Option<Self> {
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
