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
# The files belong to root: what runs cannot change its own code.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
