//! Cargo features by which callers choose a part of the API.

use std::collections::BTreeSet;

use super::Api;

/// A Cargo feature for a part of the API. Those of the runtime are not among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// What it turns on.
    pub part: ApiPart,
}

/// What a Cargo feature turns on: operations or types, and all that they are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiPart {
    /// The operations of a resource, by the name of its module.
    Resource(String),
    /// The components that webhooks and callbacks refer to.
    Webhooks,
    /// The components that neither operations nor webhooks and callbacks refer to.
    Unreferenced,
}

/// The Cargo features that an item is compiled with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Availability {
    /// With any features, or none.
    #[default]
    Always,
    /// With any of these, which are indexes of [`Api::features`].
    AnyOf(BTreeSet<usize>),
}

impl Availability {
    /// Returns the availability of what is compiled with no feature, until some are added.
    #[must_use]
    pub fn never() -> Self {
        Self::AnyOf(BTreeSet::new())
    }

    /// Adds the features of `other`.
    pub fn extend(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::AnyOf(own), Self::AnyOf(others)) => own.extend(others),
            (_, Self::Always) => *self = Self::Always,
            (Self::Always, _) => {}
        }
    }

    /// Returns whether the item is there wherever one with the availability `other` is.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Always, _) => true,
            (Self::AnyOf(_), Self::Always) => false,
            (Self::AnyOf(own), Self::AnyOf(others)) => others.is_subset(own),
        }
    }
}

impl ApiPart {
    /// Returns whether the part is there unless the caller turns default features off.
    #[must_use]
    pub fn is_default(&self) -> bool {
        matches!(self, Self::Resource(_))
    }
}

impl Api {
    /// Returns the names of the features that an item is compiled with, or `None` if it is with any.
    #[must_use]
    pub fn feature_names(&self, availability: &Availability) -> Option<Vec<&str>> {
        match availability {
            Availability::Always => None,
            Availability::AnyOf(features) => Some(
                features
                    .iter()
                    .map(|index| self.features[*index].name.as_str())
                    .collect(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Availability;

    #[test]
    fn what_needs_fewer_features_covers_more() {
        let any = |features: &[usize]| Availability::AnyOf(features.iter().copied().collect());
        assert!(Availability::Always.covers(&any(&[0])) && Availability::Always.covers(&Availability::Always));
        assert!(!any(&[0, 1]).covers(&Availability::Always));
        assert!(any(&[0, 1]).covers(&any(&[1])) && !any(&[1]).covers(&any(&[0, 1])));
        let mut grown = Availability::never();
        grown.extend(&any(&[1]));
        grown.extend(&any(&[0]));
        assert_eq!(grown, any(&[0, 1]));
        grown.extend(&Availability::Always);
        grown.extend(&any(&[0]));
        assert_eq!(grown, Availability::Always);
    }
}
