/** A document in a tab of GraphiQL. */
export interface Example {
  /** GraphiQL names the tab after the operation. */
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
}

/** The tabs that GraphiQL opens for a new visitor. The first one is shown. */
export const examples: readonly [Example, ...Example[]] = [
  {
    query: `# CPU and memory of this host, live. Press the play button.
subscription Live {
  systemMetrics(everyMs: 1000) {
    hostId
    sampledAt
    cpu { usedPercent coreCount }
    memory { usedPercent usedBytes totalBytes }
  }
}
`,
  },
  {
    query: `# The last alerts, and the cursor from which the subscription in the next tab continues without a gap.
query Alerts {
  alerts(first: 20) {
    liveCursor
    totalCount
    edges {
      node { alertId severity status title raisedAt }
    }
  }
}
`,
  },
  {
    query: `# Every event since a cursor, and from then on live. \`earliest\` starts at the oldest stored event.
subscription Events($after: Cursor) {
  events(after: $after) {
    __typename
    cursor
    occurredAt
    ... on AlertEvent { alertId alertSnapshot { severity title } }
    ... on CustomEvent { type severity message }
  }
}
`,
    variables: '{ "after": "earliest" }',
  },
  {
    query: `# Reports an event and a metric of your own. A repeated key is not stored again.
mutation Publish {
  publish(
    input: {
      events: [
        { event: { key: "example-1", type: "deploy.finished", subject: "web", message: "Version 2 is live" } }
        { metric: { name: "queue.length", value: 3, labels: { queue: "mail" } } }
      ]
    }
  ) {
    ... on PublishSuccess { cursor accepted { key cursor duplicate } }
    ... on InvalidInput { index field allowed }
  }
}
`,
  },
  {
    query: `# The newest value of each metric, and its history of the last hour.
query Metrics {
  metrics(first: 20) {
    edges { node { name labels value unit sampledAt } }
  }
  metricHistory(names: ["queue.length"], points: 60, aggregate: AVG) {
    metric { labels }
    points { startsAt value }
  }
}
`,
  },
  {
    query: `# Any object again by its global id, which every object has as \`id\`.
query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
    ... on Alert { alertId severity status title }
    ... on Host { hostId os }
  }
}
`,
    variables: '{ "id": "" }',
  },
];
