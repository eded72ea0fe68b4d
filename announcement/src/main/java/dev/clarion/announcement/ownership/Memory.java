package dev.clarion.announcement.ownership;

import dev.clarion.announcement.Eligibility;
import dev.clarion.announcement.heartbeat.NodeState;
import dev.clarion.announcement.heartbeat.OwnershipRecord;
import dev.clarion.announcement.heartbeat.Segment;
import dev.clarion.announcement.heartbeat.Session;
import dev.clarion.announcement.membership.Flaps;
import dev.clarion.announcement.membership.Roster;
import dev.clarion.net.Ip;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * All that a speaker knows, in the middle of a step. A step works on a fork and never changes what it began from; only
 * forks are written to, and none after its step.
 */
final class Memory {
    static final long NEVER = Long.MIN_VALUE / 4;

    final String self;
    final Session session;
    final Settings settings;

    long now;
    long wall;
    Roster roster;

    @Nullable
    Eligibility eligibility;

    boolean membersKnown;
    boolean interfacesKnown;
    /** When all was known that is needed to ask who owns what; NEVER before. */
    long joinSince = NEVER;
    /** Whether this node answers and claims; else it asks first. */
    boolean joined;
    /** Whether it asks because it stood still or was cut off, and not because it starts. */
    boolean again;
    /** Whether the last run did not end as it should. */
    boolean crashed;
    /** Whether it goes on after it was away and nobody said what became of its addresses: others may have them. */
    boolean untold;
    /** Nothing is taken before. */
    long claimsFrom = NEVER;
    /** How long it asks who owns what before it goes on without an answer, if it has been here before. */
    long asksFor;
    /** ACTIVE, DRAINING, RESTARTING or STOPPING. */
    NodeState course = NodeState.ACTIVE;

    boolean drainedTold;
    long sequence;
    long nextBeat;
    long nextWatch;
    int rotation;
    /** The digest of the records of addresses that Services have. */
    long digest;
    /** The other nodes' interfaces, as the last run left them. */
    Cow<String, List<Segment>> remembered = new Cow<>();

    Cow<Ip, OwnershipRecord> records = new Cow<>();
    Cow<Ip, Long> changedAt = new Cow<>();
    Cow<Ip, Vacancy> vacancies = new Cow<>();
    /** Addresses of owners that are away, and who is to answer in their names. */
    Cow<Ip, Vacancy> cares = new Cow<>();
    /** The owners among them whom this node is the first to stand in for. */
    Cow<String, Voices.Voice> voices = new Cow<>();

    long nextVoices = NEVER;

    Cow<Ip, Long> ineligibleSince = new Cow<>();
    Cow<String, Long> awaySince = new Cow<>();
    /** Whether this node heard no speaker at all when it looked last. */
    boolean deaf;
    /** When it heard one again after that. */
    long hearingSince = NEVER;

    /** Interfaces on which this node is cut off, and since when. */
    Cow<String, Long> cuts = new Cow<>();

    Cow<String, Long> healedAt = new Cow<>();
    Cow<String, Long> askedAt = new Cow<>();
    Cow<String, Long> greetedAt = new Cow<>();
    /** Those that say that this node is no member, and when they said so last. */
    Cow<String, Long> doubts = new Cow<>();
    /** Nodes that are no members, and when a genuine datagram of theirs came last. */
    Cow<String, Long> strangers = new Cow<>();
    /** What was said of what is limited, see {@link Allowance}. */
    Cow<Allowance, Long> spent = new Cow<>();
    /** Everybody is to hear how things are. */
    boolean news;
    /** To whom the whole table was told, and when. */
    Cow<String, Long> toldAt = new Cow<>();
    /** Addresses of this node that others claimed in vain: who, to be told so. */
    Cow<Ip, SortedSet<String>> contested = new Cow<>();

    long nextRebuttal = NEVER;
    /** Claims of which is to be found out first whether they come from behind a split. */
    Cow<Ip, OwnershipRecord> doubtful = new Cow<>();
    /** When it was found out last who is reached. */
    long doubtedAt = NEVER;
    /** When this node took an address last. */
    Cow<Ip, Long> claimedAt = new Cow<>();
    /** Addresses that another node took though it is not heard, and when: it was seen to, or another one knows. */
    Cow<Ip, Long> yieldedAt = new Cow<>();
    /** How the gateways are, by interface. */
    Cow<String, GatewayWatch> gateways = new Cow<>();

    Cow<String, Pages> pages = new Cow<>();
    Cow<Long, Move> moves = new Cow<>();
    long lastMove;
    Cow<Ip, Linger> lingering = new Cow<>();
    /** Hosts that the new owner was told of, and when. */
    Cow<Ip, Long> toldOf = new Cow<>();
    /** Targets that said no, or nothing, and until when they are not asked again. */
    Cow<String, Long> refusedUntil = new Cow<>();

    Set<Ip> missing = Set.of();
    /** Whether it can be seen what rules the kernel has. */
    boolean rulesSeen;
    /** Whether connections can be kept alive through a hand-over. */
    boolean keepsFlows;

    Set<Ip> quarantined = Set.of();
    List<String> successors = List.of();
    Flaps flaps = Flaps.NONE;
    /** Somebody asked for addresses to be spread evenly: until then, and, by the wall clock, when. */
    long rebalanceUntil = NEVER;

    long rebalanceAskedAt;
    long nextRebalance = NEVER;
    Answers answers = Answers.NONE;
    /** Something changed that the ownership of any address may depend on. */
    boolean dirty;
    /** Addresses whose records changed. */
    Cow<Ip, Boolean> touched = new Cow<>();

    long nextSuccessors = NEVER;
    /** When ownership is to be looked at again, even if nothing changes. */
    long dueAt = Long.MAX_VALUE;
    /** Counts changes of what preference depends on. */
    long generation;

    Memory(String self, Session session, Settings settings, Roster roster) {
        this.self = self;
        this.session = session;
        this.settings = settings;
        this.roster = roster;
    }

    /** Who is to have a vacant address, and since when it has been vacant. */
    record Vacancy(ClaimReason reason, long since, Succession succession, long generation) {
        /** Of one who may not claim, and so does not wait for its turn either. */
        static Vacancy notOurs(ClaimReason reason) {
            return new Vacancy(reason, NEVER, Succession.NONE, NEVER);
        }

        boolean isFirst(String node) {
            return succession.first().equals(node);
        }
    }

    /** Who forwards for whom since when, and when something came last. */
    record Linger(String to, long since, long heardAt) {}

    /** What came of a table. */
    record Pages(long digest, int parts, SortedSet<Integer> got) {}

    Memory fork() {
        Memory fork = new Memory(self, session, settings, roster);
        fork.now = now;
        fork.wall = wall;
        fork.eligibility = eligibility;
        fork.membersKnown = membersKnown;
        fork.interfacesKnown = interfacesKnown;
        fork.joinSince = joinSince;
        fork.joined = joined;
        fork.again = again;
        fork.crashed = crashed;
        fork.untold = untold;
        fork.claimsFrom = claimsFrom;
        fork.asksFor = asksFor;
        fork.course = course;
        fork.drainedTold = drainedTold;
        fork.sequence = sequence;
        fork.nextBeat = nextBeat;
        fork.nextWatch = nextWatch;
        fork.rotation = rotation;
        fork.digest = digest;
        fork.remembered = remembered.fork();
        fork.records = records.fork();
        fork.changedAt = changedAt.fork();
        fork.vacancies = vacancies.fork();
        fork.cares = cares.fork();
        fork.voices = voices.fork();
        fork.nextVoices = nextVoices;
        fork.ineligibleSince = ineligibleSince.fork();
        fork.awaySince = awaySince.fork();
        fork.deaf = deaf;
        fork.hearingSince = hearingSince;
        fork.cuts = cuts.fork();
        fork.healedAt = healedAt.fork();
        fork.askedAt = askedAt.fork();
        fork.greetedAt = greetedAt.fork();
        fork.doubts = doubts.fork();
        fork.strangers = strangers.fork();
        fork.spent = spent.fork();
        fork.news = news;
        fork.toldAt = toldAt.fork();
        fork.contested = contested.fork();
        fork.nextRebuttal = nextRebuttal;
        fork.doubtful = doubtful.fork();
        fork.doubtedAt = doubtedAt;
        fork.claimedAt = claimedAt.fork();
        fork.yieldedAt = yieldedAt.fork();
        fork.gateways = gateways.fork();
        fork.pages = pages.fork();
        fork.moves = moves.fork();
        fork.lastMove = lastMove;
        fork.lingering = lingering.fork();
        fork.toldOf = toldOf.fork();
        fork.refusedUntil = refusedUntil.fork();
        fork.missing = missing;
        fork.rulesSeen = rulesSeen;
        fork.keepsFlows = keepsFlows;
        fork.quarantined = quarantined;
        fork.successors = successors;
        fork.flaps = flaps;
        fork.rebalanceUntil = rebalanceUntil;
        fork.rebalanceAskedAt = rebalanceAskedAt;
        fork.nextRebalance = nextRebalance;
        fork.answers = answers;
        fork.dirty = dirty;
        fork.touched = touched.fork();
        fork.nextSuccessors = nextSuccessors;
        fork.dueAt = dueAt;
        fork.generation = generation;
        return fork;
    }

    NodeState state() {
        if (course == NodeState.STOPPING || joined) {
            return course;
        }
        return NodeState.JOINING;
    }

    /** Whether this node may take addresses. */
    boolean mayClaim() {
        return joined && course == NodeState.ACTIVE && now >= claimsFrom;
    }

    /** An address has an owner, and nothing about it is pending. */
    void settled(Ip address) {
        vacancies.remove(address);
        cares.remove(address);
        ineligibleSince.remove(address);
        yieldedAt.remove(address);
    }

    void dirty() {
        dirty = true;
    }

    void due(long at) {
        dueAt = Math.min(dueAt, at);
    }
}
