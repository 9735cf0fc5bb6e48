# Full image names, so that podman finds them too: `podman build --format docker -t patientkontrakt .`
# (its own format leaves HEALTHCHECK out; docker-compose.yml repeats it).

FROM docker.io/library/node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# With optional packages: the TypeScript compiler is one.
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

FROM docker.io/library/node:24-bookworm-slim AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# Without the embedded database: here DATABASE_URL is always given.
RUN npm ci --omit=dev --omit=optional

FROM docker.io/library/node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY migrations ./migrations
# What a volume that is laid here is made after: the only places that the service writes files to.
RUN install -d -o node -g node /var/lib/patientkontrakt/seals /var/lib/patientkontrakt/notices
# The files belong to root: what runs cannot change its own code.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "dist/health-check.js"]
# Left to itself the heap grows towards half of the machine before it is tidied (bench/README.md).
CMD ["node", "--max-old-space-size=512", "--max-semi-space-size=16", "--v8-pool-size=1", "dist/main.js"]
