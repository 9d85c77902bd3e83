//! The resource `data`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Context;
use crate::call::whole_number;
use crate::clock;
use crate::data::{Aggregation, Bucket, DAY, Device, Point, Selector};
use crate::failure::Failure;
use crate::jobs::{self, csv_cell};
use crate::response::EmulatorResponse;
use crate::store::DataType;

/// How many points of one device a response has at most, whatever the resolution.
const POINTS: i64 = 100_000;

/// What a time series query asks for, with the defaults of absent properties.
struct Query {
    start: i64,
    end: i64,
    resolution: Option<i64>,
    aggregation: Aggregation,
    limit: Option<usize>,
    is_descending: bool,
}

/// `POST …/data/last-value-query`: the last report of each chosen device that has one.
pub(super) fn last_value_query(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let body = context.call.properties();
    let end = moment(context, &body, "end")?.unwrap_or(context.session.now);
    let wanted = body.get("attribute").and_then(Value::as_str);
    let mut found = Map::new();
    for device in chosen(context, &body)? {
        let mut last: Vec<(&str, Point)> = Vec::new();
        for (name, data_type) in &device.attributes {
            if wanted.is_none_or(|wanted| wanted == name) {
                let point = context.session.last_point(&device.id, (name, *data_type), end + 1)?;
                last.extend(point.map(|point| (name.as_str(), point)));
            }
        }
        let Some(time) = last.iter().map(|(_, point)| point.time).max() else {
            continue;
        };
        // Without an attribute, what was reported together with the last report.
        let data = last.into_iter().filter(|(_, point)| point.time == time);
        let data: Map<String, Value> = data.map(|(name, point)| (name.to_owned(), point.value)).collect();
        found.insert(device.id, json!({"time": clock::date(time), "data": data}));
    }
    Ok(EmulatorResponse::ok(Value::Object(found)))
}

/// `POST …/data/time-series-query`
pub(super) fn time_series_query(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let body = context.call.properties();
    let query = Query::read(context, &body)?;
    let mut devices = Map::new();
    for device in chosen(context, &body)? {
        let mut points = series(context, &query, &device, &attributes(&body, &device))?;
        if query.is_descending {
            points.reverse();
        }
        points.truncate(query.limit.unwrap_or(usize::MAX));
        let mut tags: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for tag in &device.tags {
            tags.entry(&tag.key).or_default().push(&tag.value);
        }
        devices.insert(
            device.id.clone(),
            json!({"name": device.name, "tags": tags, "points": points}),
        );
    }
    let aggregation = match body.get("aggregation") {
        Some(given) => given.clone(),
        None if query.aggregation == Aggregation::None => "NONE".into(),
        None => "LAST".into(),
    };
    Ok(EmulatorResponse::ok(json!({
        "start": clock::date(query.start),
        "end": clock::date(query.end),
        "resolution": query.resolution,
        "aggregation": aggregation,
        "limit": query.limit,
        "order": if query.is_descending { "desc" } else { "asc" },
        "devices": devices,
    })))
}

impl Query {
    fn read(context: &Context<'_>, body: &Map<String, Value>) -> Result<Self, Failure> {
        let end = moment(context, body, "end")?.unwrap_or(context.session.now);
        let duration = whole(body, "duration")?.unwrap_or(DAY);
        let start = moment(context, body, "start")?.unwrap_or(end.saturating_sub(duration));
        let resolution = whole(body, "resolution")?.filter(|resolution| *resolution > 0);
        let aggregation = match (body.get("aggregation"), resolution) {
            (Some(value), _) => Aggregation::read(value),
            (None, Some(_)) => Aggregation::Named("LAST".to_owned()),
            (None, None) => Aggregation::None,
        };
        if resolution.is_some_and(|resolution| end.saturating_sub(start) / resolution > POINTS) {
            return Err(Failure::invalid(format!("a series has at most {POINTS} points")));
        }
        let limit = whole(body, "limit")?;
        Ok(Self {
            start,
            end,
            resolution,
            aggregation,
            limit: limit.map(|limit| usize::try_from(limit).unwrap_or_default()),
            is_descending: body.get("order").and_then(Value::as_str) == Some("desc"),
        })
    }

    /// Returns the parts of the time that are one point each.
    fn buckets(&self) -> Vec<(i64, i64)> {
        let step = self.resolution.unwrap_or(self.end.saturating_sub(self.start)).max(1);
        let mut buckets = Vec::new();
        let mut start = self.start;
        while start < self.end {
            let end = start.saturating_add(step).min(self.end);
            buckets.push((start, end));
            start = end;
        }
        buckets
    }
}

/// Returns the points of a device, the oldest first, as the schema `timeSeriesData` has them.
fn series(
    context: &Context<'_>,
    query: &Query,
    device: &Device,
    attributes: &[(&str, DataType)],
) -> Result<Vec<Value>, Failure> {
    let mut series: BTreeMap<i64, Map<String, Value>> = BTreeMap::new();
    let buckets = query.buckets();
    for attribute in attributes {
        let points = context
            .session
            .points(&device.id, *attribute, (query.start, query.end))?;
        let name = attribute.0;
        if query.aggregation == Aggregation::None {
            for point in points {
                series
                    .entry(point.time)
                    .or_default()
                    .insert(name.to_owned(), point.value);
            }
            continue;
        }
        let mut before = context.session.last_point(&device.id, *attribute, query.start)?;
        let mut rest = points.as_slice();
        for &(start, end) in &buckets {
            let (within, later) = rest.split_at(rest.partition_point(|point| point.time < end));
            let value = query.aggregation.of(Bucket {
                start,
                end,
                before: before.as_ref(),
                points: within,
            });
            if let Some(value) = value {
                series.entry(start).or_default().insert(name.to_owned(), value);
            }
            before = within.last().cloned().or(before);
            rest = later;
        }
    }
    let points = series.into_iter();
    Ok(points
        .map(|(time, data)| json!({"time": clock::date(time), "data": data}))
        .collect())
}

/// `POST …/data/export`: a line for each time at which a device reported one of the attributes.
pub(super) fn export(context: &Context<'_>) -> Result<EmulatorResponse, Failure> {
    let body = context.call.properties();
    let options = body.get("options").cloned().unwrap_or_default();
    let is_set = |name: &str, default: bool| options.get(name).and_then(Value::as_bool).unwrap_or(default);
    let (id, date) = (is_set("includeID", true), is_set("includeDate", true));
    let end = moment(context, &body, "end")?.unwrap_or(context.session.now);
    let start = moment(context, &body, "start")?.unwrap_or(i64::MIN);
    let devices = chosen(context, &body)?;
    let columns = devices.iter().flat_map(|device| attributes(&body, device));
    let mut columns: Vec<&str> = columns.map(|(name, _)| name).collect();
    columns.sort_unstable();
    columns.dedup();
    let fixed = [("ID", id), ("Timestamp", true), ("ISO Date", date)];
    let fixed = fixed.into_iter().filter(|(_, is_in)| *is_in).map(|(name, _)| name);
    let head: Vec<&str> = fixed.chain(columns.iter().copied()).collect();
    let job = context.session.new_job();
    let mut files = Vec::new();
    for device in &devices {
        let name = if is_set("filePerDevice", false) {
            format!("{job}.{}.csv", device.id)
        } else {
            format!("{job}.csv")
        };
        if files.last().is_none_or(|(last, _)| *last != name) {
            let mut file = jobs::create(context, &name)?;
            file.write_record(&head)?;
            files.push((name, file));
        }
        let Some((_, file)) = files.last_mut() else { continue };
        for (time, mut cells) in lines(context, device, &attributes(&body, device), (start, end))? {
            let fixed = [
                (device.id.clone(), id),
                (time.to_string(), true),
                (clock::date(time), date),
            ];
            let fixed = fixed.into_iter().filter(|(_, is_in)| *is_in).map(|(cell, _)| cell);
            let cells = columns.iter().map(|name| cells.remove(name).unwrap_or_default());
            file.write_record(fixed.chain(cells))?;
        }
    }
    jobs::finish(context, &job, files)
}

/// Returns what a device reported from `start` on and before `end`, by time and attribute, as CSV has it.
fn lines<'d>(
    context: &Context<'_>,
    device: &Device,
    attributes: &[(&'d str, DataType)],
    range: (i64, i64),
) -> Result<BTreeMap<i64, BTreeMap<&'d str, String>>, Failure> {
    let mut lines: BTreeMap<i64, BTreeMap<&str, String>> = BTreeMap::new();
    for attribute in attributes {
        for point in context.session.points(&device.id, *attribute, range)? {
            lines
                .entry(point.time)
                .or_default()
                .insert(attribute.0, csv_cell(&point.value));
        }
    }
    Ok(lines)
}

/// Returns the devices that a body chooses.
fn chosen(context: &Context<'_>, body: &Map<String, Value>) -> Result<Vec<Device>, Failure> {
    let application = context.application()?;
    context.session.devices(&application, &Selector(body).condition()?)
}

/// Returns the attributes of a device that a body names; all where it names none.
fn attributes<'d>(body: &Map<String, Value>, device: &'d Device) -> Vec<(&'d str, DataType)> {
    let wanted = body.get("attributes").and_then(Value::as_array);
    let is_wanted = |name: &str| wanted.is_none_or(|wanted| wanted.iter().any(|wanted| wanted == name));
    let all = device
        .attributes
        .iter()
        .map(|(name, data_type)| (name.as_str(), *data_type));
    all.filter(|(name, _)| is_wanted(name)).collect()
}

/// Returns a time in milliseconds since 1970. Less than 0 is before now, and an end of 0 is now.
fn moment(context: &Context<'_>, body: &Map<String, Value>, name: &str) -> Result<Option<i64>, Failure> {
    let Some(value) = number(body, name)? else {
        return Ok(None);
    };
    let now = context.session.now;
    let is_relative = value < 0 || value == 0 && name == "end";
    Ok(Some(if is_relative { now.saturating_add(value) } else { value }))
}

/// Returns a number of the body that is not negative.
fn whole(body: &Map<String, Value>, name: &str) -> Result<Option<i64>, Failure> {
    match number(body, name)? {
        Some(value) if value < 0 => Err(Failure::invalid(format!("{name} is negative: {value}"))),
        value => Ok(value),
    }
}

/// Returns a number of the body, which has to be whole.
fn number(body: &Map<String, Value>, name: &str) -> Result<Option<i64>, Failure> {
    let Some(value) = body.get(name) else {
        return Ok(None);
    };
    match whole_number(value) {
        Some(number) => Ok(Some(number)),
        None => Err(Failure::invalid(format!("{name} is no whole number: {value}"))),
    }
}
