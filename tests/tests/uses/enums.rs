//! Listed values, constants, formats and patterns.

use apicrate_runtime::{Date, DateTime, Scalar, from_str, to_string};

use crate::{base, body, line, reads, violations, violations_of, writes};

#[test]
fn string_enum() {
    use case_string_enum::operations::jobs::{self, ListJobs, ListJobsOrder};
    use case_string_enum::runtime::Call as _;
    use case_string_enum::schemas::State;

    let request = jobs::list_jobs()
        .state(State::InProgress)
        .order(ListJobsOrder::NewestFirst);
    let request = request.into_http(&base()).unwrap();
    assert_eq!(
        line(&request),
        "GET http://localhost/jobs?state=inProgress&order=newest-first"
    );
    assert_eq!("done".parse(), Ok(State::Done));
    assert!("gone".parse::<State>().is_err());
    // A newer server may know more states. They are kept, reported, and may be sent back.
    let listed = ListJobs::decode(crate::response(200, r#"[{"state": "done"}, {"state": "paused"}]"#)).unwrap();
    assert_eq!(listed[0].state, State::Done);
    assert_eq!(listed[1].state.as_str(), "paused");
    assert!(matches!(listed[1].state, State::Unknown(_)));
    // The string is all that there is to see, whoever made it.
    for state in [&listed[1].state, &State::unknown("paused")] {
        assert_eq!(format!("{state:?}"), r#"Unknown("paused")"#);
    }
    assert_eq!(violations(&listed[1]), ["/state enum"]);
    writes(&listed[1], r#"{"state": "paused"}"#);
}

#[test]
fn enum_spelling_collisions() {
    use apicrate_runtime::StringEnum;
    use case_enum_spelling_collisions::schemas::{Operator, Order};

    let spelled = |values: &[Order]| {
        values
            .iter()
            .map(|value| format!("{value:?} {value}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        spelled(Order::LISTED),
        [
            "Asc asc",
            "Desc desc",
            "AscUpper ASC",
            "DescUpper DESC",
            "Asc2 Asc",
            "Empty "
        ]
    );
    for value in Operator::LISTED {
        assert_eq!(&value.as_str().parse::<Operator>().unwrap(), value);
        writes(value, &to_string(value.as_str()));
    }
    assert_eq!(Operator::LISTED.len(), 13);
    assert_eq!(
        (Operator::Minus1.as_str(), Operator::GreaterEqual.as_str()),
        ("-1", ">=")
    );
    assert!(matches!(reads("\"~\""), Operator::Unknown(_)));
}

#[test]
fn enum_of_integers() {
    use case_enum_of_integers::operations::throws::{self, ListThrows};
    use case_enum_of_integers::runtime::Call as _;
    use case_enum_of_integers::schemas::Throw;

    let request = throws::list_throws(20).into_http(&base()).unwrap();
    assert_eq!(line(&request), "GET http://localhost/throws?sides=20");
    let refused = throws::list_throws(5).into_http(&base()).unwrap_err();
    assert!(refused.to_string().contains("query parameter \"sides\""), "{refused}");
    let thrown = ListThrows::decode(crate::response(200, r#"{"sides": 8, "step": 0.5, "mixed": null}"#)).unwrap();
    assert_eq!(
        (thrown.sides, thrown.step, &thrown.mixed),
        (8, Some(0.5), &Some(Scalar::Null))
    );
    assert_eq!(violations(&*thrown), ["/sides enum"]);
    assert_eq!(
        violations_of::<Throw>(r#"{"sides": 4.0, "step": 1, "mixed": "auto"}"#),
        [""; 0]
    );
}

#[test]
fn enum_boolean_true() {
    use case_enum_boolean_true::operations::thing::DeleteThing;
    use case_enum_boolean_true::runtime::Call as _;
    use case_enum_boolean_true::schemas::Success;

    assert!(
        DeleteThing::decode(crate::response(200, r#"{"success": true}"#))
            .unwrap()
            .success
    );
    let mut success = Success::new();
    assert_eq!(violations(&success), [""; 0]);
    success.success = false;
    assert_eq!(violations(&success), ["/success enum"]);
}

#[test]
fn const_string() {
    use case_const_string::operations::events;
    use case_const_string::runtime::Call as _;
    use case_const_string::schemas::Event;

    let request = events::send_event(Event::new()).into_http(&base()).unwrap();
    assert_eq!(body(&request), r#"{"kind":"event","version":2}"#);
    assert_eq!(
        violations_of::<Event>(r#"{"kind": "party", "version": 3}"#),
        ["/kind const", "/version const"]
    );
}

#[test]
fn scalar_of_several_types() {
    use case_scalar_of_several_types::operations::value;
    use case_scalar_of_several_types::runtime::Call as _;
    use case_scalar_of_several_types::schemas::Value;

    let request = value::set_value(Value::new(true).id("7").size(2.0))
        .old(3)
        .into_http(&base())
        .unwrap();
    assert_eq!(
        (line(&request).as_str(), body(&request)),
        (
            "PUT http://localhost/value?old=3",
            r#"{"value":true,"id":"7","size":2}"#
        )
    );
    // A number of no fixed type keeps every digit.
    let read: Value = from_str(r#"{"value": 0.10000000000000000000001, "id": 12345678901234567890}"#).unwrap();
    assert_eq!(
        to_string(&read),
        r#"{"value":0.10000000000000000000001,"id":12345678901234567890}"#
    );
    assert_eq!(violations(&read), [""; 0]);
    assert_eq!(violations_of::<Value>(r#"{"value": null, "id": true}"#), ["/id oneOf"]);
    // What is no scalar, from a newer server, is kept and reported.
    assert_eq!(violations_of::<Value>(r#"{"value": []}"#), ["/value type"]);
}

#[test]
fn formats() {
    use case_formats::operations::days;
    use case_formats::runtime::Call as _;
    use case_formats::schemas::Formats;

    let day: Date = "2024-02-29".parse().unwrap();
    assert!("2023-02-29".parse::<Date>().is_err());
    let since: DateTime = "2024-02-29T12:00:00.000123+01:00".parse().unwrap();
    let request = days::get_day(day.clone()).since(since).into_http(&base()).unwrap();
    assert_eq!(
        line(&request),
        "GET http://localhost/days/2024-02-29?since=2024-02-29T12%3A00%3A00.000123%2B01%3A00"
    );
    let formats = Formats::new()
        .day(&day)
        .small(i32::MIN)
        .large(i64::MAX)
        .huge(u64::MAX)
        .single(0.1);
    let formats = formats.id("not a uuid").link("https://formats.example").secret("****");
    assert_eq!(violations(&formats), ["/id format"]);
    writes(
        &formats,
        r#"{"day": "2024-02-29", "small": -2147483648, "large": 9223372036854775807, "huge": 18446744073709551615,
            "single": 0.1, "id": "not a uuid", "link": "https://formats.example", "secret": "****"}"#,
    );
    assert!(days::put_day(day.clone(), formats).into_http(&base()).is_err());

    // Dates and times go to the types of other libraries, and come from them.
    let read: Formats = reads(r#"{"moment": "2024-02-29T12:00:00.5+01:00"}"#);
    let moment = read.moment.unwrap();
    assert_eq!(moment, "2024-02-29T11:00:00.500Z".parse().unwrap());
    let system = std::time::SystemTime::try_from(&moment).unwrap();
    let chrono = chrono::DateTime::<chrono::Utc>::try_from(&moment).unwrap();
    assert_eq!(chrono, system.into());
    let jiff = jiff::Timestamp::try_from(&moment).unwrap();
    assert_eq!(jiff, system.try_into().unwrap());
    let time = time::OffsetDateTime::try_from(&moment).unwrap();
    assert_eq!(time, time::OffsetDateTime::from(system));
    let formats = Formats::new().moment(DateTime::try_from(system).unwrap());
    writes(&formats, r#"{"moment": "2024-02-29T11:00:00.5Z"}"#);
    let next = chrono::NaiveDate::try_from(&day).unwrap().succ_opt().unwrap();
    let request = days::put_day(Date::try_from(next).unwrap(), formats)
        .into_http(&base())
        .unwrap();
    assert_eq!(line(&request), "PUT http://localhost/days/2024-03-01");
    // The text of a response is kept, whatever it is.
    let found = violations_of::<Formats>(r#"{"moment": "yesterday", "day": "2024-2-9", "link": "no uri"}"#);
    assert_eq!(found, ["/moment format", "/day format", "/link format"]);
    assert!(from_str::<Formats>(r#"{"small": 2147483648}"#).is_err());
}

#[test]
fn patterns_by_engine() {
    use case_patterns_by_engine::schemas::{Anywhere, ByEngine, ByRuns, LongByEngine, Named};

    assert!("A1B2-z".parse::<ByRuns>().is_ok());
    assert!(
        ["A1B2-", "A1B2-Z", "a1b2-z", " A1B2-z", "A1B2-z\n"]
            .iter()
            .all(|text| text.parse::<ByRuns>().is_err())
    );
    assert!("120.50".parse::<ByEngine>().is_ok());
    assert!(
        ["012", "1.5", "1.50\n", "٣"]
            .iter()
            .all(|text| text.parse::<ByEngine>().is_err())
    );
    assert!("eu-west-1".parse::<LongByEngine>().is_ok());
    assert!(
        ["1-eu", "eu-", "a1b2c3d4-0000-0000-0000-0123456789ab"]
            .iter()
            .all(|text| text.parse::<LongByEngine>().is_err())
    );
    assert!("Straße".parse::<Anywhere>().is_ok());
    assert!("Strasse".parse::<Anywhere>().is_err());
    assert_eq!(
        violations_of::<Named>(r#"{"left": 1, "middle": 2}"#),
        ["/middle propertyNames"]
    );
}

#[test]
fn titles() {
    use apicrate_runtime::StringEnum;
    use case_titles::operations::jobs::{self, RunJobMoment, RunJobRequest, RunJobSortOrder};
    use case_titles::runtime::Call as _;
    use case_titles::schemas::{
        Job, JobCause, JobDataSet, JobDelayBetweenRuns, JobFollowUp, JobKind, JobLabelText, JobMode, JobOwner,
        JobPriority, JobResourceBound, JobRetryPolicy, JobRunTarget, JobRunnerHook, JobState, JobType, Level,
    };

    // Titles that are names. A user is like a stage of the pipeline, and so has the type of it.
    let mut job = Job::new()
        .config(JobRetryPolicy::new().delay(JobDelayBetweenRuns::Some))
        .steps(vec![JobOwner::new().name("build")])
        .limits(vec![JobResourceBound::new().memory(1)])
        .target(JobRunTarget::Host("here".to_owned()))
        .hook(JobRunnerHook::Mail)
        .after(JobFollowUp::new().name("tell"));
    let label: JobLabelText = from_str(r#"["a", 1]"#).unwrap();
    job = job.labels([("a", label)].into_iter().collect::<apicrate_runtime::Map<_>>());
    // Titles that are none leave the type to its property.
    let job = job
        .kind(JobKind::Once)
        .state(JobState::Open)
        .data_set(JobDataSet::Small)
        .cause(JobCause::User)
        .job_type(JobType::Batch)
        .mode(JobMode::Quiet)
        .priority(JobPriority::High)
        .retry(JobKind::Once)
        .owner(JobOwner::new().name("Ada"))
        .runner(JobOwner::new().name("Bob"))
        .level(Level::ErrorsAndWarnings);
    let request = jobs::run_job(RunJobRequest::new().job(job))
        .order(RunJobSortOrder::Up)
        .from(RunJobMoment::Now)
        .until(RunJobMoment::Later);
    let request = request.into_http(&base()).unwrap();
    assert_eq!(
        line(&request),
        "POST http://localhost/jobs?order=up&from=now&until=later"
    );
    assert!(
        body(&request).contains(r#""labels":{"a":["a",1]}"#),
        "{}",
        body(&request)
    );

    let spelled: Vec<String> = Level::LISTED.iter().map(|level| format!("{level:?} {level}")).collect();
    assert_eq!(
        spelled,
        [
            "Quiet quiet",
            "Errors 1",
            "ErrorsAndWarnings 2",
            "GreaterEqual3 >=3",
            "Empty "
        ]
    );
}
