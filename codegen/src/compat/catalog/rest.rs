//! Rules about operations, parameters, bodies, responses, headers and security.

use super::Level::{Error, Info, Warning};
use super::{Rule, row};

const DEPRECATE: &str =
    "deprecate it first with `deprecated: true` and `x-sunset`, and remove it after that day";
const CALLERS: &str = "clients that call it";
const READERS: &str = "clients that read it";
const DATE: &str = "write a day like `2027-01-31`";

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    row(Error, "api-path-removed-without-deprecation", "the path was removed without deprecation", CALLERS, DEPRECATE),
    row(Info, "api-path-removed-with-deprecation", "the path was removed after its sunset on {old}", "", ""),
    row(Error, "api-path-removed-before-sunset", "the path was removed before its sunset on {old}", CALLERS, "keep it until {old}"),
    row(Error, "api-path-sunset-parse", "the path was removed; it was deprecated, but {old}", CALLERS, DATE),
    row(Error, "api-removed-without-deprecation", "the operation was removed without deprecation", CALLERS, DEPRECATE),
    row(Info, "api-removed-with-deprecation", "the operation was removed after its sunset on {old}", "", ""),
    row(Error, "api-removed-before-sunset", "the operation was removed before its sunset on {old}", CALLERS, "keep it until {old}"),
    row(Error, "api-removed-sunset-parse", "the operation was removed; it was deprecated, but {old}", CALLERS, DATE),
    row(Info, "endpoint-added", "the operation was added", "", ""),
    row(Warning, "endpoint-shadows-parameter", "the new path takes requests from `{old}`", "clients whose parameter is the new path's text", "choose a path that no parameter can spell"),
    row(Info, "endpoint-deprecated", "the operation was deprecated without a sunset", "", ""),
    row(Info, "endpoint-deprecated-with-sunset", "the operation was deprecated{new}", "", ""),
    row(Info, "endpoint-reactivated", "the operation is not deprecated any more", "", ""),
    row(Error, "api-deprecated-sunset-parse", "`{new}` is no date", "clients that plan for the sunset", DATE),
    row(Error, "api-sunset-date-too-small", "the sunset {new} is in the past already", "clients, which have no time to move", "choose a day that leaves clients time"),
    row(Error, "api-sunset-date-changed-too-small", "the sunset was moved from {old} to the earlier {new}", "clients that planned with {old}", "keep {old} or a later day"),
    row(Error, "sunset-deleted", "the sunset {old} was deleted, but the operation is still deprecated", "clients that planned with {old}", "keep the date, or take the deprecation back"),
    row(Warning, "api-operation-id-removed", "the operation id `{old}` became `{new}`", "whoever calls the generated client or a link by that name; requests are the same", "keep the id"),
    row(Info, "api-tag-removed", "the tag `{old}` was removed", "", ""),
    row(Info, "api-tag-added", "the tag `{new}` was added", "", ""),
    row(Info, "request-path-parameter-renamed", "`{old}` became `{new}`; requests are the same", "", ""),

    row(Error, "new-required-request-parameter", "the required parameter was added", "clients that do not send it", "make it optional, with a default"),
    row(Info, "new-optional-request-parameter", "the optional parameter was added", "", ""),
    row(Warning, "request-parameter-removed", "the parameter was removed", "clients that send it: it is ignored", DEPRECATE),
    row(Info, "request-parameter-removed-with-deprecation", "the parameter was removed after its sunset on {old}", "", ""),
    row(Error, "request-parameter-removed-before-sunset", "the parameter was removed before its sunset on {old}", "clients that send it: it is ignored", "keep it until {old}"),
    row(Error, "request-parameter-sunset-parse", "the parameter was removed; it was deprecated, but {old}", "clients that send it: it is ignored", DATE),
    row(Error, "request-parameter-became-required", "the parameter became required", "clients that do not send it", "keep it optional, with a default"),
    row(Info, "request-parameter-became-optional", "the parameter became optional", "", ""),
    row(Info, "request-parameter-default-value-added", "the default {new} was added", "", ""),
    row(Warning, "request-parameter-default-value-changed", "the default changed from {old} to {new}", "clients that leave it out and rely on {old}", "keep the default"),
    row(Warning, "request-parameter-default-value-removed", "the default {old} was removed", "clients that leave it out and rely on {old}", "keep the default"),
    row(Error, "request-parameter-serialization-changed", "lists are written as `{new}` now, and were as `{old}`", "clients that send more than one value", "keep `explode` as it was"),
    row(Info, "request-parameter-deprecated", "the parameter was deprecated{new}", "", ""),
    row(Error, "request-parameter-sunset-date-too-small", "the sunset {new} of the parameter is in the past already", "clients that send it, which have no time to move", "choose a day that leaves clients time"),
    row(Error, "request-parameter-sunset-date-changed-too-small", "the sunset of the parameter was moved from {old} to the earlier {new}", "clients that planned with {old}", "keep {old} or a later day"),
    row(Error, "request-parameter-sunset-deleted", "the sunset {old} was deleted, but the parameter is still deprecated", "clients that planned with {old}", "keep the date, or take the deprecation back"),
    row(Error, "request-parameter-deprecated-sunset-parse", "the sunset `{new}` of the parameter is no date", "clients that plan for the sunset", DATE),
    row(Info, "request-parameter-reactivated", "the parameter is not deprecated any more", "", ""),
    row(Warning, "request-parameter-became-not-sensitive", "the parameter is not sensitive any more and may stand in logs", "clients whose values it holds", "keep `x-sensitive: true`"),

    row(Error, "request-body-added-required", "a required request body was added", "clients that send none", "make it optional"),
    row(Info, "request-body-added-optional", "an optional request body was added", "", ""),
    row(Error, "request-body-removed", "the request body was removed", "clients that send one: it is not looked at", "keep accepting it"),
    row(Error, "request-body-became-required", "the request body became required", "clients that send none", "keep it optional"),
    row(Info, "request-body-became-optional", "the request body became optional", "", ""),
    row(Info, "request-body-media-type-added", "the request body may be `{new}` too", "", ""),
    row(Error, "request-body-serialization-changed", "the form `{old}` is written in another way", "clients that write it as before", "keep the encoding"),
    row(Error, "request-body-media-type-removed", "the request body must be `{new}` now, and was `{old}`", "clients that send `{old}`", "keep accepting `{old}`"),

    row(Error, "response-success-status-removed", "the success response was removed", "clients that wait for it", "keep answering with it, or add a second operation"),
    row(Warning, "response-non-success-status-removed", "the response was removed", "clients that tell this failure apart", "keep answering with it"),
    row(Warning, "response-success-status-added", "the success response was added", "clients that know only the old ones take it for a failure", "answer with a status that the contract had, or add a second operation"),
    row(Info, "response-non-success-status-added", "the response was added", "", ""),
    row(Error, "response-body-removed", "the body was removed", READERS, "keep the body"),
    row(Info, "response-body-added", "a body was added", "", ""),
    row(Error, "response-media-type-removed", "the body is `{new}` now, and was `{old}`", "clients that accept only `{old}`", "keep answering with `{old}`"),
    row(Info, "response-media-type-added", "the body may be `{new}` too", "", ""),
    row(Error, "required-response-header-removed", "the header was removed", READERS, "keep the header"),
    row(Warning, "optional-response-header-removed", "the optional header was removed", READERS, "keep the header"),
    row(Info, "response-header-added", "the header was added", "", ""),
    row(Error, "response-header-became-optional", "the header became optional", "clients that rely on it", "keep the header required"),
    row(Info, "response-header-became-required", "the header became required", "", ""),
    row(Info, "response-link-removed", "the link `{old}` was removed", "", ""),
    row(Info, "response-link-added", "the link `{new}` was added", "", ""),

    row(Error, "api-security-component-type-changed", "the scheme was of type `{old}` and is `{new}`", "clients that prove who they are as before", "add a scheme beside this one, and accept both until every client has moved"),
    row(Error, "api-security-component-carrier-changed", "credentials travelled as `{old}` and travel as `{new}`", "clients that send them as before", "add a scheme beside this one, and accept both until every client has moved"),
    row(Error, "api-security-component-flow-removed", "`{old}` was removed", "clients that get their credentials that way", "keep it until every client has moved"),
    row(Warning, "api-security-component-url-changed", "credentials were got at `{old}` and are got at `{new}`", "clients that have the old URL", "redirect the old URL until every client has moved"),
    row(Error, "api-security-added", "anyone could call it, and now {new} is needed", "clients that call without credentials", "add a second operation that needs them, and deprecate this one"),
    row(Info, "api-security-became-open", "{old} was needed, and now anyone may call it", "", ""),
    row(Error, "api-security-removed", "{old} is not enough any more", "clients that call with it", "keep accepting it beside the new one"),
    row(Info, "api-security-alternative-added", "{new} is enough now", "", ""),
    row(Error, "api-security-scope-added", "{old} needs more now: {new}", "clients whose tokens lack it", "ask for the scope in a second operation"),
    row(Info, "api-security-scope-removed", "{old} needs less now: {new}", "", ""),
];
