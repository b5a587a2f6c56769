//! Paths with parameters.

/// A path with parameters: `/order/{userName}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathTemplate {
    /// The base path of the server, then the path as the contract writes it.
    pub text: String,
    /// Its segments; the last is an empty text where the path ends in a slash.
    pub segments: Vec<Segment>,
}

/// One segment of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text that must match as it is.
    Literal(String),
    /// `{name}`: a whole segment.
    Parameter(String),
    /// Parameters with text around them: `{name}.json`.
    Mixed(Vec<Piece>),
}

/// A part of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that must match as it is.
    Text(String),
    /// `{name}`: as few characters as the rest of the segment allows, at least one.
    Parameter(String),
}

impl PathTemplate {
    /// The names of the parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flat_map(Segment::parameters)
    }

    /// The path without the names of its parameters: two of one shape are one path.
    #[must_use]
    pub fn shape(&self) -> Vec<String> {
        self.segments.iter().map(Segment::shape).collect()
    }

    /// Whether this and another one are of one shape.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.segments.len() == other.segments.len() && self.is_below(other)
    }

    /// Whether it begins with the shape of another one.
    #[must_use]
    pub fn is_below(&self, other: &Self) -> bool {
        starts_like(&self.segments, &other.segments)
    }

    /// What API Gateway can tell from its siblings: the text of each segment, and nothing for one that it takes as
    /// a parameter.
    #[must_use]
    pub fn gateway_shape(&self) -> Vec<Option<&str>> {
        self.segments.iter().map(Segment::gateway_text).collect()
    }
}

/// Whether segments begin with others, whatever their parameters are called.
#[must_use]
pub fn starts_like(segments: &[Segment], others: &[Segment]) -> bool {
    others.len() <= segments.len()
        && segments.iter().zip(others).all(|(one, other)| one.is_like(other))
}

impl Segment {
    /// Whether it is another one, whatever parameters are called.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Literal(one), Self::Literal(other)) => one == other,
            (Self::Parameter(_), Self::Parameter(_)) => true,
            _ => self.shape() == other.shape(),
        }
    }

    /// The names of its parameters, in order.
    #[must_use]
    pub fn parameters(&self) -> Vec<&str> {
        match self {
            Self::Literal(_) => vec![],
            Self::Parameter(name) => vec![name],
            Self::Mixed(pieces) => pieces
                .iter()
                .filter_map(|piece| match piece {
                    Piece::Text(_) => None,
                    Piece::Parameter(name) => Some(name.as_str()),
                })
                .collect(),
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Parameter(_) | Self::Mixed(_) => None,
        }
    }

    /// The segment without the names of its parameters.
    #[must_use]
    pub fn shape(&self) -> String {
        match self {
            Self::Literal(text) => text.clone(),
            Self::Parameter(_) => "{}".to_owned(),
            Self::Mixed(pieces) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text.as_str(),
                    Piece::Parameter(_) => "{}",
                })
                .collect(),
        }
    }

    /// The text as a segment of an API Gateway resource, which has no other signs than these (AWS, "API Gateway
    /// important notes"); any other segment is a parameter to the gateway.
    fn gateway_text(&self) -> Option<&str> {
        let is_taken = |char: char| char.is_ascii_alphanumeric() || "._-,:".contains(char);
        self.literal().filter(|text| text.chars().all(is_taken))
    }
}
