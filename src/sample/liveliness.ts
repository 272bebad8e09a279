import { hour, minute, toDateTime } from './sampleLead';
import { pages } from './leadDetails';
import { Random } from './random';
import type { SampleApp } from './sampleApp';

/** How often something happens, in milliseconds. */
const beat = 10_000;
/** After a long sleep only this many beats are caught up with. */
const mostBeats = 60;
/** How far down the list visitors are looked for. */
const watched = 200;

/** How many are on the site from the beginning who are no leads. */
const firstVisitors = 8;

const newcomers = ['Robin', 'Sam', 'Аня', 'Kim', 'נועם', 'さくら', 'José', 'Ola'];

/**
 * Makes leads come and go as time passes, as they do on a site: visitors come online, fall idle after two minutes of
 * nothing done, leave (API.md, section 5), and now and then a new lead appears. Nothing runs in the
 * background: what has happened since is worked out when somebody looks, and depends on the clock alone.
 */
export class Liveliness {
  private beats = 0;
  private readonly random: Random;

  constructor(private readonly app: SampleApp) {
    this.random = new Random(app.seed);
    for (let visitor = 0; visitor < firstVisitors; visitor++) {
      const moment = app.startedAt - this.random.whole(10, 600) * 1000;
      app.site.come(this.random.pick(pages), moment);
    }
  }

  /** Lets happen what has happened until the app's `now`. */
  catchUp(): void {
    const due = Math.floor((this.app.now() - this.app.startedAt) / beat);
    this.beats = Math.max(this.beats, due - mostBeats);
    while (this.beats < due) {
      this.beats++;
      this.beatAt(this.app.startedAt + this.beats * beat);
    }
  }

  private beatAt(moment: number): void {
    this.random.restart(this.app.seed + 1, this.beats);
    for (const lead of this.app.page({}, 0, watched).leads) {
      const quiet = moment - Date.parse(`${String(lead.props.$last_seen)}Z`);
      if (lead.presence === 'online' && quiet > 2 * minute) {
        if (this.random.chance(0.3)) {
          this.app.change(lead.id, { $last_seen: toDateTime(moment) });
        } else {
          this.app.change(lead.id, {}, 'idle');
        }
      } else if (lead.presence === 'idle' && quiet > 4 * minute && quiet < 24 * hour && this.random.chance(0.4)) {
        this.app.change(lead.id, {}, 'offline');
      }
    }
    const luck = this.random.next();
    if (luck < 0.08) {
      const name = this.random.pick(newcomers);
      const email = `newcomer${this.beats}@example.com`;
      this.app.comeOnline(this.app.add({ $name: name, $email: email, $last_seen: toDateTime(moment) }), moment);
    } else if (luck < 0.6) {
      const id = this.app.idAt(this.random.next());
      if (id !== undefined && this.app.record(id)?.presence === 'offline') {
        this.app.comeOnline(id, moment);
      }
    }
    this.walkAt(moment);
  }

  /** Who is there goes from page to page, which is an event; those who are no leads come and leave. */
  private walkAt(moment: number): void {
    const { app, random } = this;
    const { site } = app;
    random.restart(app.seed + 2, this.beats);
    const online = app.page({}, 0, watched).leads.filter(({ presence }) => presence === 'online');
    for (const id of [...online.map((lead) => lead.id), ...site.visitorIds]) {
      if (!random.chance(0.2)) continue;
      const page = random.pick(pages);
      site.open(id, page, moment);
      site.track(id, 'Page visited', { title: page, seconds: random.whole(1, 300) }, moment);
    }
    for (const id of site.visitorIds) if (random.chance(0.04)) site.leave(id);
    if (random.chance(0.4)) site.come(random.pick(pages), moment);
  }
}
