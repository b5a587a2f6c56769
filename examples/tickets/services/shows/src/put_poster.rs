//! `putPoster`: Upload a poster

use runtime::Context;
use shows_contract::{Poster, PutPosterError, PutPosterInput, PutPosterOutput};

use crate::Service;

/// `PUT /shows/{showId}/poster`
pub(crate) async fn put_poster(
    service: &Service,
    _cx: &Context,
    input: PutPosterInput,
) -> Result<PutPosterOutput, PutPosterError> {
    let poster = Poster::new(input.show_id, input.body);
    Ok(service.tables.poster.put(&poster).await?)
}
