//! `oidcc-basic-certification-test-plan`.

use super::suite::Mode;

basic_plan!(Mode::Query);
