-- What expired is found by when it ended; failed sign-ins, of which strangers can make many, were looked through one by one.
create index sign_in_failures_by_end on sign_in_failures (ends_at);
