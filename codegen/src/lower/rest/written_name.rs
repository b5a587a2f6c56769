//! Names of parameters and headers that no request or response can have.
//!
//! Owns which signs HTTP allows in a name (RFC 9110, section 5.6.2; RFC 6265, section 4.1.1). Whether a name is well chosen is
//! decided elsewhere.

use crate::diag::Key;
use crate::diag::catalog::rest as fault;
use crate::lower::token::is_token;
use crate::lower::{Reported, Scope};
use crate::model::ParameterLocation;

/// Refuses a name that cannot be written in its place.
pub(super) fn check(
    scope: Scope<'_>,
    name: Key<'_>,
    location: ParameterLocation,
) -> Result<(), Reported> {
    let is_sound = match location {
        ParameterLocation::Header => is_token(name.name),
        ParameterLocation::Cookie => !name.name.is_empty() && name.name.chars().all(fits_cookie),
        ParameterLocation::Path | ParameterLocation::Query => !name.name.is_empty(),
    };
    if is_sound {
        return Ok(());
    }
    scope.sink.report(fault::bad_wire_name(name, location.as_str()));
    Err(Reported)
}

/// Brackets and other separators are no part of a token, but browsers and servers keep them.
fn fits_cookie(char: char) -> bool {
    char.is_ascii_graphic() && !";,=\"".contains(char)
}
