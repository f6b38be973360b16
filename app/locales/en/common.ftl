# The frame of every page: header, footer, dialogs, dates.

language-name = English
language-direction = ltr

skip = Skip to main content
title-error = Error: { $page }
problem = There is a problem
ok = OK
cancel = Cancel
column-actions = Actions
never-used = Never used
try-again = Try again

tokens-not-loaded = We could not load your tokens. Nothing has changed.
sessions-not-loaded = We could not load your sessions. Nothing has changed.
connections-not-loaded = We could not load your connected applications. Nothing has changed.

nav-main = Main
account = Account
tokens-and-sessions = Tokens and sessions
api-menu = </> API
admin = Admin
user-menu = User menu, signed in as { $user }
signed-in-as = Signed in as { $user }
sign-out = Sign out

language = Language
language-change = Change language

tab-tokens = Tokens
tab-sessions = Sessions
tab-applications = Connected applications

date = { $day } { $month } { $year }
hour = { $clock } UTC
moment = { $date }, { $clock } UTC
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
privacy = Privacy
terms = Terms
help = Help

secret-copied = { $what } copied
pages = Pages
pages-newer = Newer
pages-older = Older
pages-place = Page { $page } of { $pages }
