// The ways to write a case down, and the reasons why some cannot be held.

/** Makes the authors of one group: tag(id, title, html, more) for markup, way(id, title, js, more) for code. */
export const inGroup = (group) => ({
  tag: (id, title, html, more) => ({ group, id, title, html, ...more }),
  inHead: (id, title, head, more) => ({ group, id, title, head, ...more }),
  way: (id, title, js, more) => ({ group, id, title, js, ...more }),
})

const live = (text) => ({ live: text })
const ahead = 'asked for at insertion or ahead of the parser, before any script can act'
const external =
  'the look-ahead starts when the parser waits, for a script of the page or for a gate that is a file'
const ownSheet = 'inside a style sheet of the shop, which page code does not see in time'
const server = 'the server does it, page code is not asked'
const written = 'a policy written by an external gate comes after the look-ahead'

/** Reasons by what enforcement can reach per engine and mode; a case that is held all the same counts as held. */
export const left = {
  /** Style sheets and what no observer sees in time. */
  sheet: { chromium: live(ahead), firefox: live(ahead), webkit: { live: ahead, sealed: written } },
  script: { webkit: live(external) },
  srcset: {
    firefox: {
      live: 'the look-ahead heeds no policy for srcset',
      sealed: 'the look-ahead heeds no policy for srcset',
    },
    webkit: { live: ahead, sealed: written },
  },
  eager: { webkit: { live: ahead, sealed: written } },
  hint: { chromium: live(ahead), webkit: { live: ahead, sealed: written } },
  race: { chromium: live('a race between the observer and the load') },
  /** Of sandboxed frames, and of frames in a shadow root, which the observer enters later. */
  lateRace: { all: live('a race between the observer and the load') },
  preload: {
    chromium: live(ahead),
    firefox: live(
      'the second line refuses preloads of hosts it does not list, after a grant as well',
    ),
    webkit: { live: ahead, sealed: written },
  },
  preloadSet: {
    chromium: live(ahead),
    firefox: 'the look-ahead heeds no policy for srcset',
    webkit: { live: ahead, sealed: written },
  },
  object: {
    chromium: live('a race between the observer and the load'),
    firefox: live('a race between the observer and the load'),
  },
  background: { firefox: live(ahead) },
  /** Asked for as the parser sets the attribute. */
  filter: { chromium: live(ahead), webkit: { live: ahead, sealed: written } },
  closed: { all: live('nobody can look into a closed root that the markup made') },
  location: {
    all: live(
      'nobody can stand in front of the location of a window, and a fresh frame tells of no navigation',
    ),
  },
  connect: { all: 'only a connection, which no policy covers', firefox: '' },
  ownCss: {
    all: live(ownSheet),
    firefox: { live: ownSheet, sealed: written },
  },
  styleImport: {
    chromium: live(ahead),
    firefox: {
      live: ahead,
      sealed: 'loaded anew, Firefox takes the sheet whose import was refused',
    },
    webkit: { live: ahead, sealed: written },
  },
  module: { all: live('syntax, which page code cannot stand in front of') },
  server: { all: server },
  worker: { all: { sealed: 'a worker of the shop takes its policy from its own response' } },
  unknown: {
    all: "on a first visit, until the policy is there, the shop's own host passes; a built gate knows it at once",
  },
  document: { all: 'a document of the shop without the lines' },
}
