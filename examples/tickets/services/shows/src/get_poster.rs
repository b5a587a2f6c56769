//! `getPoster`: Download a poster

use runtime::{Context, Problem};
use shows_contract::{GetPosterError, GetPosterInput, GetPosterOutput, PosterKey};

use crate::Service;

/// `GET /shows/{showId}/poster`
pub(crate) async fn get_poster(
    service: &Service,
    _cx: &Context,
    input: GetPosterInput,
) -> Result<GetPosterOutput, GetPosterError> {
    let key = PosterKey { show_id: input.show_id };
    match service.tables.poster.get(&key).await? {
        Some(poster) => Ok(poster.image),
        None => Err(GetPosterError::NotFound(Problem::new(404, "There is no poster."))),
    }
}
