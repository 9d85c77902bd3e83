//! Decides which features the types are compiled with that several operations share: enums and headers of responses.

use crate::model::{Api, Availability, Operation, Resource};

/// Decides the availability of each set: that of the operations that have it.
pub(super) fn settle(api: &mut Api) {
    let resources = &api.resources;
    for set in &mut api.response_sets {
        let has_set = |operation: &Operation| operation.response_sets().any(|name| *name == set.name);
        set.availability = available(resources, has_set);
    }
    for set in &mut api.header_sets {
        let has_set = |operation: &Operation| operation.header_set() == Some(&set.name);
        set.availability = available(resources, has_set);
    }
}

/// Returns where some of the operations are. What all resources have needs no feature, and so do the types that it holds.
fn available(resources: &[Resource], has_set: impl Fn(&Operation) -> bool) -> Availability {
    let (mut available, mut everywhere) = (Availability::never(), Availability::never());
    for resource in resources {
        everywhere.extend(&resource.availability);
        if resource.operations.iter().any(&has_set) {
            available.extend(&resource.availability);
        }
    }
    if available == everywhere {
        Availability::Always
    } else {
        available
    }
}
