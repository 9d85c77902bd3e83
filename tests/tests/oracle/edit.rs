//! Changes at one place of a value.

use apicrate_runtime::{Json, Map};

/// Returns the value with what stands at `place` replaced by what `change` makes of it; `None` takes it away.
///
/// A place that is not there is left alone.
pub(crate) fn edited(value: Json, place: &[String], change: &mut dyn FnMut(Json) -> Option<Json>) -> Option<Json> {
    let Some((step, rest)) = place.split_first() else {
        return change(value);
    };
    Some(match value {
        Json::Object(properties) => {
            let mut made = Vec::new();
            for (name, value) in properties {
                let value = if name == *step {
                    edited(value, rest, change)
                } else {
                    Some(value)
                };
                made.extend(value.map(|value| (name, value)));
            }
            Json::Object(Map::from(made))
        }
        Json::Array(elements) => {
            let mut made = Vec::new();
            for (index, value) in elements.into_iter().enumerate() {
                let is_it = index.to_string() == *step;
                made.extend(if is_it {
                    edited(value, rest, change)
                } else {
                    Some(value)
                });
            }
            Json::Array(made)
        }
        other => other,
    })
}

/// Returns the value with what stands at `place` replaced.
pub(crate) fn replaced(value: &Json, place: &[String], by: &Json) -> Json {
    edited(value.clone(), place, &mut |_| Some(by.clone())).unwrap_or_default()
}

/// Returns every place of the value with what stands there, the value itself first.
pub(crate) fn places(value: &Json) -> Vec<(Vec<String>, &Json)> {
    let mut found = vec![(Vec::new(), value)];
    let mut next = 0;
    while let Some((place, value)) = found.get(next).cloned() {
        let child = |step: String| place.iter().cloned().chain([step]).collect();
        match value {
            Json::Object(properties) => {
                found.extend(properties.iter().map(|(name, value)| (child(name.to_owned()), value)));
            }
            Json::Array(elements) => {
                let elements = elements.iter().enumerate();
                found.extend(elements.map(|(index, value)| (child(index.to_string()), value)));
            }
            _ => {}
        }
        next += 1;
    }
    found
}

/// Returns the JSON Pointer of a place.
pub(crate) fn pointer(place: &[String]) -> String {
    let mut pointer = String::new();
    for step in place {
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

/// Returns whether the value is neither an array nor an object.
pub(crate) fn is_leaf(value: &Json) -> bool {
    !matches!(value, Json::Array(_) | Json::Object(_))
}
