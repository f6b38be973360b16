//! `oidcc-formpost-basic-certification-test-plan`: the modules of the Basic plan, with
//! `response_mode=form_post`.

use super::suite::Mode;

basic_plan!(Mode::FormPost);
