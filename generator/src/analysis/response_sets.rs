//! Decides which features the enums of responses that several operations have are compiled with.

use crate::model::{Api, Availability, Responses};

/// Decides the availability of each set: that of the operations that have it.
pub(super) fn settle(api: &mut Api) {
    let mut everywhere = Availability::never();
    for resource in &api.resources {
        everywhere.extend(&resource.availability);
    }
    for set in &mut api.response_sets {
        let has_set = |responses: &Responses| responses.set.as_ref() == Some(&set.name);
        for resource in &api.resources {
            let is_used = resource.operations.iter().any(|operation| {
                let others = operation.alternatives.iter().map(|other| &other.success);
                let mut all = [&operation.success, &operation.failure].into_iter().chain(others);
                all.any(has_set)
            });
            if is_used {
                set.availability.extend(&resource.availability);
            }
        }
        // What all resources have needs no feature, and so do the types that it holds.
        if set.availability == everywhere {
            set.availability = Availability::Always;
        }
    }
}
